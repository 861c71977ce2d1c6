package io.cachemigrator.recipes.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openrewrite.Recipe;
import org.openrewrite.config.Environment;
import org.openrewrite.config.YamlResourceLoader;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

@Tag("REC-1")
class SingleRecipesTest implements RewriteTest {
    private static final String BOTH = """
            import io.cachemigrator.compat.services.NgxCacheManager;
            import io.cachemigrator.compat.services.RedisCacheService;

            class Desk {
                NgxCacheManager manager(RedisCacheService redis) {
                    return new NgxCacheManager(redis);
                }
            }
            """;

    @Override
    public void defaults(RecipeSpec spec) {
        Sources.with(spec, new MigrateNgxCacheManager());
    }

    @Test
    void rewrite_theConversationsAlone_workOverTheLegacyService() {
        rewriteRun(java(BOTH, """
                import io.cachemigrator.cache.domain.conversation.ConversationCache;
                import io.cachemigrator.compat.services.RedisCacheService;

                class Desk {
                    ConversationCache manager(RedisCacheService redis) {
                        return new ConversationCache(redis.keyed());
                    }
                }
                """));
    }

    @Test
    void rewrite_theConversationsOfTheSharedInstanceAlone_workOverIt() {
        rewriteRun(java("""
                import io.cachemigrator.compat.services.NgxCacheManager;

                class Desk {
                    Object manager = new NgxCacheManager();
                }
                """, """
                import io.cachemigrator.cache.domain.conversation.ConversationCache;
                import io.cachemigrator.compat.services.LegacyCaches;

                class Desk {
                    Object manager = new ConversationCache(LegacyCaches.redis().keyed());
                }
                """));
    }

    @Test
    void rewrite_theServiceAlone_staysWhereAManagerWantsIt() {
        rewriteRun(spec -> spec.recipe(new MigrateRedisCacheService()), java(BOTH));
    }

    @Test
    @Tag("REC-2")
    void declaredRecipes_areFoundByNameAndValid() throws IOException {
        try (InputStream yaml = getClass().getResourceAsStream("/META-INF/rewrite/cache-migrator.yml")) {
            Environment environment = Environment.builder()
                    .load(new YamlResourceLoader(yaml, URI.create("cache-migrator.yml"), new Properties()))
                    .build();

            for (String name : List.of("MigrateLegacyCaches", "MigrateLegacyCachesAndMark")) {
                Recipe recipe = environment.activateRecipes("io.cachemigrator.recipes." + name);
                assertThat(recipe.validateAll()).allMatch(validated -> validated.isValid());
                assertThat(recipe.getRecipeList())
                        .extracting(Recipe::getName)
                        .contains("io.cachemigrator.recipes.ehcache.MigrateEhcache2")
                        .doesNotContain("io.cachemigrator.recipes.jedis.MigrateJedis");
            }
        }
    }
}
