package io.cachemigrator.migrator.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements come out in order and once, from memory and from a file. */
@Tag("CLI-6")
class ElementSortTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 5_000, 100_000, 100_000_000})
    void elements_givenInAnyOrderAndAgain_comeOutInOrderAndOnce(long runBytes) throws IOException {
        Random random = new Random(runBytes);
        TreeMap<String, String> expected = new TreeMap<>();
        List<String> found = new ArrayList<>();
        try (ElementSort sort = new ElementSort(runBytes)) {
            for (int i = 0; i < 3_000; i++) {
                String name = "name " + random.nextInt(2_000);
                String value = "value of " + name;
                expected.put(name, name + "=" + value);
                sort.add(name.getBytes(UTF_8), value.getBytes(UTF_8));
            }
            sort.forEach((name, value) -> found.add(new String(name, UTF_8) + "=" + new String(value, UTF_8)));
        }
        assertThat(found).containsExactlyElementsOf(expected.values());
    }
}
