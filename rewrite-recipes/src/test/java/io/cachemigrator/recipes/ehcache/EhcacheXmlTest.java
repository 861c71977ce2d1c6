package io.cachemigrator.recipes.ehcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.element.ElementCacheException;
import io.cachemigrator.cache.element.ElementCaches;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the recipe takes for a configuration that can be kept is one that the new caches read. */
@Tag("REC-1")
@Tag("REC-3")
class EhcacheXmlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<ehcache name='x' updateCheck='true' monitoring='off' dynamicConfig='true'/> | true",
                "<ehcache><diskStore path='tmp'/><defaultCache eternal='true'/></ehcache> | true",
                "<ehcache><cacheManagerEventListenerFactory class='' properties=''/></ehcache> | true",
                "<ehcache><cache name='c' overflowToDisk='false' copyOnRead='FALSE' transactionalMode='off'/></ehcache> | true",
                "<ehcache><cache name='c' statistics='true' diskSpoolBufferSizeMB='3' clearOnFlush='false'/></ehcache> | true",
                "<ehcache><cache name='c' memoryStoreEvictionPolicy='LFU'><persistence strategy='none'/></cache></ehcache> | true",
                "<ehcache><cache name='c' copyOnWrite='true'/></ehcache> | false",
                "<ehcache><cache name='c' diskPersistent='true'/></ehcache> | false",
                "<ehcache><cache name='c' maxBytesLocalHeap='1M'/></ehcache> | false",
                "<ehcache><cache name='c' transactionalMode='xa'/></ehcache> | false",
                "<ehcache><cache name='c' memoryStoreEvictionPolicy='CLOCK'/></ehcache> | false",
                "<ehcache><cache name='c' timeToLiveSeconds='-1'/></ehcache> | false",
                "<ehcache><cache name='c' timeToLiveSeconds='${x}'/></ehcache> | false",
                "<ehcache><cache name='c'><searchable/></cache></ehcache> | false",
                "<ehcache><cache eternal='true'/></ehcache> | false",
                "<ehcache><sizeOfPolicy maxDepth='3'/></ehcache> | false",
                "<ehcache dynamicConfig='false'/> | false",
                "<!DOCTYPE ehcache><ehcache/> | false"
            })
    void problem_isFoundWhereTheNewCachesFail(String xml, boolean kept) {
        assertThat(EhcacheXml.problem(xml) == null).isEqualTo(kept);
        assertThat(isRead(xml)).isEqualTo(kept);
    }

    private static boolean isRead(String xml) {
        try {
            new ElementCaches(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))).shutdown();
            return true;
        } catch (ElementCacheException e) {
            return false;
        }
    }
}
