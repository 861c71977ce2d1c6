package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.compat.deprecation.CallSite;
import io.cachemigrator.compat.deprecation.LegacyUsage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SHM-1")
@Tag("SHM-2")
@SuppressWarnings("removal") // the legacy classes are what is tested
class LegacyCachesTest {

    @BeforeEach
    @AfterEach
    void forget() {
        LegacyCaches.closeRedis();
        LegacyUsage.shared().reset();
    }

    @Test
    @Tag("services-E-3")
    @Tag("services-E-4")
    @DisplayName("E-3, E-4: the process's service is one until it is closed, then another")
    void redis_beforeAndAfterClose_isAnother() {
        RedisCacheService first = LegacyCaches.redis();
        assertThat(LegacyCaches.redis()).isSameAs(first);
        LegacyCaches.closeRedis();
        assertThat(LegacyCaches.redis()).isNotSameAs(first);
        assertThat(first.healthCheck().status()).isEqualTo("disconnected");
    }

    @Test
    @Tag("services-E-9")
    @DisplayName("E-9: the application's calls are recorded, the shim's own are not")
    void legacyCalls_fromThisTest_areRecordedOnceEach() {
        NgxCacheManager manager = new NgxCacheManager();
        manager.clearExpired();
        List<CallSite> sites = LegacyUsage.shared().snapshot();
        assertThat(sites)
                .extracting(CallSite::api)
                .containsExactlyInAnyOrder("NgxCacheManager.new", "NgxCacheManager.clearExpired");
        assertThat(sites).allSatisfy(site -> {
            assertThat(site.className()).isEqualTo(LegacyCachesTest.class.getName());
            assertThat(site.replacement()).startsWith("ConversationCache.");
        });
    }
}
