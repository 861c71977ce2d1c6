package io.cachemigrator.cache.domain.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SVC-14")
class SharedCacheTest {

    @AfterEach
    void close() {
        SharedCache.close();
    }

    @Test
    void get_untilItIsClosed_isOneCache() {
        KeyedCache first = SharedCache.get();
        assertThat(SharedCache.get()).isSameAs(first);
        SharedCache.close();
        SharedCache.close();
        assertThat(SharedCache.get()).isNotSameAs(first);
    }

    @Test
    void current_beforeAndAfterItIsOpened_followsIt() {
        SharedCache.close();
        assertThat(SharedCache.current()).isEmpty();
        KeyedCache cache = SharedCache.get();
        assertThat(SharedCache.current()).containsSame(cache);
        SharedCache.close();
        assertThat(SharedCache.current()).isEmpty();
    }
}
