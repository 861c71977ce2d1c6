package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every member that the legacy contract names is in the shim. */
@Tag("SHM-1")
@Tag("services-B-6")
@Tag("services-C-7")
@Tag("services-E-15")
class ServicesContractTest {

    /** A line of the list. */
    record Row(String legacy, Class<?> type, String member, boolean async) {
        @Override
        public String toString() {
            return legacy;
        }
    }

    static Stream<Row> contract() throws IOException {
        try (InputStream in = ServicesContractTest.class.getResourceAsStream("services-contract.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(ServicesContractTest::row);
        }
    }

    private static Row row(String line) {
        String[] columns = line.split("\\s+");
        try {
            Class<?> type = Class.forName(ServicesContractTest.class.getPackageName() + "." + columns[2]);
            boolean async = columns.length > 4 && columns[4].equals("async");
            return new Row(columns[0] + "." + columns[1], type, columns[3], async);
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(missing);
        }
    }

    @ParameterizedTest
    @MethodSource("contract")
    @DisplayName("the member exists, is public, and has a twin where callers run on an event loop")
    void member_ofTheContract_isInTheShim(Row row) {
        if (row.member().equals("<init>")) {
            assertThat(row.type().getConstructors()).isNotEmpty();
            return;
        }
        List<Method> methods = Arrays.stream(row.type().getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .toList();
        assertThat(methods).extracting(Method::getName).contains(row.member());
        Stream<Method> twins =
                methods.stream().filter(method -> method.getName().equals(row.member() + "Async"));
        if (row.async()) {
            assertThat(twins)
                    .isNotEmpty()
                    .allSatisfy(twin -> assertThat(twin.getReturnType()).isEqualTo(CompletableFuture.class));
        } else {
            assertThat(twins).isEmpty();
        }
    }

    @Test
    void contract_ofTheFamily_isComplete() throws IOException {
        assertThat(contract().map(Row::legacy)).doesNotHaveDuplicates().hasSize(80);
    }
}
