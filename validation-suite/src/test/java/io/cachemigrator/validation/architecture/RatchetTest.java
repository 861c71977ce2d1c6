package io.cachemigrator.validation.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.MigrationMaps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("ARC-1")
class RatchetTest {
    private static final List<MigrationMap> MAPS =
            List.of(MigrationMaps.builtIn("services").orElseThrow());
    private static final String DELETE = "cache.delete(\"k\");";

    @TempDir
    Path folder;

    private static String desk(String name, String method, String... calls) {
        return "package desk;\nimport io.cachemigrator.compat.services.RedisCacheService;\nclass " + name
                + " {\n  void " + method + "(RedisCacheService cache) {\n    " + String.join("\n    ", calls)
                + "\n  }\n}\n";
    }

    private LegacyUses uses(String... sources) {
        return LegacyUses.of(new ClassFileImporter().importPath(SampleSources.compile(folder, sources)), MAPS);
    }

    private Ratchet stored(String... sources) throws IOException {
        Path store = folder.resolve("store");
        Ratchet.accepting(uses(sources)).write(store);
        return Ratchet.read(store);
    }

    @Test
    @DisplayName("a calling method that is renamed is nothing new")
    void judge_callingMethodRenamed_findsNothing() throws IOException {
        Ratchet.Verdict verdict =
                stored(desk("Desk", "forget", DELETE)).judge(uses(desk("Desk", "remove", DELETE)), true);
        assertThat(verdict.fresh()).isEmpty();
        assertThat(verdict.gone()).isZero();
    }

    @Test
    @DisplayName("each of several calls on one line counts")
    void judge_oneMoreCallOnALine_findsIt() throws IOException {
        Ratchet ratchet = stored(desk("Desk", "forget", DELETE + DELETE + DELETE));
        assertThat(ratchet.judge(uses(desk("Desk", "forget", DELETE + DELETE + DELETE)), true)
                        .fresh())
                .isEmpty();
        assertThat(ratchet.judge(uses(desk("Desk", "forget", DELETE + DELETE + DELETE + DELETE)), true)
                        .fresh())
                .singleElement()
                .satisfies(use -> {
                    assertThat(use.origin()).isEqualTo("desk.Desk");
                    assertThat(use.what()).endsWith("RedisCacheService.delete(String)");
                    assertThat(use.file()).isEqualTo("Desk.java");
                    assertThat(use.line()).isEqualTo(5);
                    assertThat(use.replacement()).contains("KeyedCache");
                });
    }

    @Test
    @DisplayName("a use that is gone fails nothing, and the store forgets it when asked")
    void judge_useGone_isNoFindingAndCanBeForgotten() throws IOException {
        Ratchet ratchet = stored(desk("Desk", "forget", DELETE, DELETE));
        LegacyUses one = uses(desk("Desk", "forget", DELETE));
        assertThat(ratchet.judge(one, true).fresh()).isEmpty();
        assertThat(ratchet.judge(one, true).gone()).isEqualTo(1);
        Ratchet smaller = ratchet.without(one, true);
        assertThat(smaller.judge(one, true).gone()).isZero();
        assertThat(smaller.judge(uses(desk("Desk", "forget", DELETE, DELETE)), true)
                        .fresh())
                .hasSize(1);
    }

    @Test
    @DisplayName("lines that move are nothing new")
    void judge_linesMoved_findsNothing() throws IOException {
        String moved = desk("Desk", "forget", "int a = 1;", "", "int b = a;", DELETE);
        assertThat(stored(desk("Desk", "forget", DELETE))
                        .judge(uses(moved), true)
                        .fresh())
                .isEmpty();
    }

    @Test
    @DisplayName("no words of a rule are in the store, so that editing them changes nothing")
    void write_store_hasUsesAlone() throws IOException {
        stored(desk("Desk", "forget", DELETE));
        assertThat(Files.readAllLines(folder.resolve("store").resolve(Ratchet.FILE)))
                .filteredOn(line -> !line.startsWith("#"))
                .containsExactly(
                        "desk.Desk -> io.cachemigrator.compat.services.RedisCacheService #1",
                        "desk.Desk -> io.cachemigrator.compat.services.RedisCacheService.delete(String) #1");
    }

    @Test
    @DisplayName("forgetting what is gone never accepts what is new")
    void without_newUseBesideAGoneOne_leavesItNew() throws IOException {
        Ratchet ratchet = stored(desk("Desk", "forget", DELETE));
        LegacyUses other = uses(desk("Desk", "forget", "cache.exists(\"k\");"));
        assertThat(ratchet.without(other, true).judge(other, true).fresh())
                .extracting(LegacyUses.Use::what)
                .containsExactly("io.cachemigrator.compat.services.RedisCacheService.exists(String)");
    }

    @Test
    @DisplayName("a class that is renamed or split takes its uses along, and no more")
    void judge_classRenamedOrSplit_findsOnlyWhatIsMore() throws IOException {
        Ratchet ratchet = stored(desk("Desk", "forget", DELETE, DELETE));
        assertThat(ratchet.judge(uses(desk("Counter", "forget", DELETE, DELETE)), true)
                        .fresh())
                .isEmpty();
        assertThat(ratchet.judge(uses(desk("Counter", "forget", DELETE, DELETE, DELETE)), true)
                        .fresh())
                .hasSize(1);
        assertThat(ratchet.judge(uses(desk("Desk", "forget", DELETE, DELETE), desk("Counter", "forget", DELETE)), true)
                        .fresh())
                .isNotEmpty()
                .allMatch(use -> use.origin().equals("desk.Counter"));
    }

    @Test
    @DisplayName("some of the classes take nothing over and forget nothing of the others")
    void judge_someOfTheClasses_leavesTheOthersAlone() throws IOException {
        Ratchet ratchet = stored(desk("Desk", "forget", DELETE, DELETE), desk("Till", "forget", DELETE));
        LegacyUses some = uses(desk("Till", "forget", DELETE, DELETE));
        Ratchet.Verdict verdict = ratchet.judge(some, false);
        assertThat(verdict.fresh()).hasSize(1);
        assertThat(verdict.gone()).isZero();
        LegacyUses all = uses(desk("Desk", "forget", DELETE, DELETE), desk("Till", "forget", DELETE));
        assertThat(ratchet.without(some, false).judge(all, true).fresh()).isEmpty();
        assertThat(ratchet.with(some, false).judge(all, true).fresh()).isEmpty();
        assertThat(ratchet.with(some, false).judge(some, false).fresh()).isEmpty();
    }

    @Test
    void write_attributesThatAreThere_getWhatIsMissing() throws IOException {
        Path store = Files.createDirectories(folder.resolve("store"));
        Files.writeString(store.resolve(".gitattributes"), "*.bin binary");
        stored(desk("Desk", "forget", DELETE));
        assertThat(Files.readAllLines(store.resolve(".gitattributes")))
                .containsExactly("*.bin binary", Ratchet.FILE + " merge=union text eol=lf");
    }

    @Test
    void read_lineThatIsNone_isRefused() throws IOException {
        Files.writeString(folder.resolve(Ratchet.FILE), "# fine\nnonsense\n");
        assertThatThrownBy(() -> Ratchet.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    @DisplayName(
            "twenty merges of branches that add and remove uses have no conflict, and accept nothing that no branch did")
    void merges_ofBranches_haveNoConflict() throws Exception {
        Path repository = Files.createDirectory(folder.resolve("repository"));
        git(repository, "init", "-q", "-b", "main");
        git(repository, "config", "user.email", "test@example.com");
        git(repository, "config", "user.name", "Test");
        Random random = new Random(20_261_128);
        List<Integer> accepted = new ArrayList<>(IntStream.range(0, 40).boxed().toList());
        Path store = repository.resolve("usage");
        ratchet(accepted).write(store);
        commit(repository, "begin");
        for (int merge = 0; merge < 20; merge++) {
            List<Integer> ours = changed(accepted, random);
            List<Integer> theirs = changed(accepted, random);
            git(repository, "checkout", "-q", "-b", "theirs-" + merge);
            ratchet(theirs).write(store);
            commit(repository, "theirs");
            git(repository, "checkout", "-q", "main");
            ratchet(ours).write(store);
            commit(repository, "ours");
            git(repository, "merge", "-q", "--no-edit", "theirs-" + merge);
            List<Integer> merged = accepted(Ratchet.read(store));
            assertThat(merged)
                    .containsAll(ours.stream().filter(theirs::contains).toList());
            List<Integer> known = new ArrayList<>(ours);
            known.addAll(theirs);
            assertThat(known).containsAll(merged);
            accepted = merged;
        }
    }

    private static List<Integer> changed(List<Integer> from, Random random) {
        List<Integer> changed = new ArrayList<>(from);
        for (int i = 0; i < 3; i++) {
            changed.remove(random.nextInt(changed.size()));
            int fresh = random.nextInt(1_000);
            if (!changed.contains(fresh)) {
                changed.add(fresh);
            }
        }
        return changed;
    }

    /** One whose uses are numbered. */
    private static Ratchet ratchet(List<Integer> uses) throws IOException {
        Path scratch = Files.createTempDirectory("ratchet");
        Files.writeString(
                scratch.resolve(Ratchet.FILE),
                uses.stream().map(use -> line(use) + "\n").collect(Collectors.joining()));
        Ratchet read = Ratchet.read(scratch);
        Files.delete(scratch.resolve(Ratchet.FILE));
        Files.delete(scratch);
        return read;
    }

    private static String line(int use) {
        return String.format("com.acme.Desk%03d -> com.acme.Old.get(String) #1", use);
    }

    private List<Integer> accepted(Ratchet ratchet) throws IOException {
        Path scratch = folder.resolve("scratch");
        ratchet.write(scratch);
        return Files.readAllLines(scratch.resolve(Ratchet.FILE)).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> Integer.valueOf(line.substring("com.acme.Desk".length(), "com.acme.Desk".length() + 3)))
                .toList();
    }

    private static void commit(Path repository, String message) throws Exception {
        git(repository, "add", "-A");
        git(repository, "commit", "-q", "--allow-empty", "-m", message);
    }

    private static void git(Path repository, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("git %s: %s", List.of(arguments), said).isZero();
    }
}
