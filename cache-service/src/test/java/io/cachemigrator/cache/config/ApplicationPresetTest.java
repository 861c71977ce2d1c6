package io.cachemigrator.cache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachemigrator.cache.config.ApplicationPreset.Recommended;
import io.cachemigrator.cache.error.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("SVC-10")
class ApplicationPresetTest {
    @ParameterizedTest
    @CsvSource({
        "disabled,300,1,1,10,10000,1,false",
        "minimal,900,2,3,25,5000,1,false",
        "simple,3600,5,5,100,1000,6,false",
        "development,600,3,2,50,2000,3,false",
        "production,7200,20,10,500,500,9,false",
        "ai-development,1800,5,5,100,1000,6,true",
        "ai-production,14400,25,15,1000,300,9,true"
    })
    @Tag("factory-case-25")
    void builder_startsFromThePreset(
            String name, long ttl, int connections, long timeout, long entries, int threshold, int level, boolean ai) {
        CacheConfig config = ApplicationPreset.named(name)
                .builder()
                .withRedis("redis://cache.example:6379")
                .build();

        assertThat(config.defaults().defaultTtl()).isEqualTo(Duration.ofSeconds(ttl));
        assertThat(config.defaults().memoryMaxEntries()).isEqualTo(entries);
        assertThat(config.defaults().compression()).isEqualTo(new CompressionConfig(threshold, level));
        assertThat(config.redis().poolSize()).isEqualTo(connections);
        assertThat(config.redis().connectTimeout()).isEqualTo(Duration.ofSeconds(timeout));
        assertThat(config.ai() != null).isEqualTo(ai);
        assertThat(config.faults()).isEmpty();
    }

    @Test
    @Tag("factory-case-26")
    @Tag("factory-DEF-07")
    void aiDevelopment_hasSettingsOfItsOwn() {
        AiConfig ai =
                ApplicationPreset.named("ai-development").builder().build().ai();

        assertThat(ai.textHashThreshold()).isEqualTo(500);
        assertThat(ai.textTiers()).isEqualTo(new TextTiers(500, 2_000, 10_000));
        assertThat(ai.maxTextLength()).isEqualTo(50_000);
        assertThat(ai.operationTtls())
                .containsAllEntriesOf(Map.of(
                        "summarize", Duration.ofSeconds(1_800),
                        "sentiment", Duration.ofSeconds(900),
                        "key_points", Duration.ofSeconds(1_200)));
    }

    @Test
    @Tag("factory-case-27")
    void named_ofNoPreset_tellsWhichThereAre() {
        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> ApplicationPreset.named("nope"));

        assertThat(refused.context())
                .containsEntry("requested_preset", "nope")
                .containsEntry(
                        "available",
                        List.of(
                                "disabled",
                                "minimal",
                                "simple",
                                "development",
                                "production",
                                "ai-development",
                                "ai-production"));
    }

    @ParameterizedTest
    @CsvSource({
        "staging,PRODUCTION,0.9",
        "uat,PRODUCTION,0.7",
        "x,SIMPLE,0.4",
        "'',SIMPLE,0.4",
        "AI_Prod,AI_PRODUCTION,0.9"
    })
    @Tag("factory-case-28")
    void recommend_goesByTheName(String name, ApplicationPreset preset, double confidence) {
        assertThat(ApplicationPreset.recommend(name)).isEqualTo(new Recommended(preset, confidence));
    }

    @ParameterizedTest
    @CsvSource({
        "main,PRODUCTION",
        "email-prod,PRODUCTION",
        "maintenance,SIMPLE",
        "trail,SIMPLE",
        "ai,AI_DEVELOPMENT",
        "eu-ai-live,AI_PRODUCTION",
        "my-dev-box,DEVELOPMENT"
    })
    @Tag("factory-DEF-27")
    void recommend_comparesWholeWords(String name, ApplicationPreset preset) {
        assertThat(ApplicationPreset.recommend(name).preset()).isEqualTo(preset);
    }
}
