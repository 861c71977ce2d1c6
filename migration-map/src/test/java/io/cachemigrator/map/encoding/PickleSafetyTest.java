package io.cachemigrator.map.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CLI-6")
@DisplayName("Defect E-11: data from a shared store must not run code")
class PickleSafetyTest {
    private static final List<String> WAYS_TO_CODE = List.of(
            "java/io/ObjectInputStream",
            "java/lang/ClassLoader",
            "java/lang/reflect/Method",
            "java/lang/reflect/Constructor",
            "java/lang/invoke/MethodHandles$Lookup.find",
            "java/lang/ProcessBuilder",
            "getRuntime",
            "javax/script",
            "forName",
            "loadClass",
            "newInstance");

    private final LegacyDecoder decoder = new LegacyDecoder(DecodingLimits.DEFAULT);

    @Test
    void decode_aCallOfAClassOnTheClassPath_isRefusedAndLoadsNothing() {
        RecordingLoader loader = new RecordingLoader();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        DecodedValue called;
        DecodedValue named;
        try {
            called = decoder.decode(pickle("\u0093)R."));
            named = decoder.decode(pickle("\u0093)\u0081}b."));
        } finally {
            thread.setContextClassLoader(before);
        }

        assertThat(called).isInstanceOfSatisfying(DecodedValue.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(DecodedValue.Reason.CODE);
            assertThat(refused.detail()).contains("it calls " + Tripwire.class.getPackageName());
        });
        assertThat(named).isInstanceOf(DecodedValue.PickledJson.class);
        assertThat(loader.asked).isEmpty();
        assertThat(System.getProperty("tripwire.loaded")).isNull();
    }

    @Test
    void encodingPackage_itsClassFiles_nameNoWayToLoadOrRunCode() throws IOException, URISyntaxException {
        URI location = PickleReader.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        List<Path> classFiles;
        try (Stream<Path> files = Files.list(Path.of(location).resolve("io/cachemigrator/map/encoding"))) {
            classFiles =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
        }

        assertThat(classFiles).hasSizeGreaterThan(20);
        for (Path file : classFiles) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(file.getFileName().toString())
                    .doesNotContain(WAYS_TO_CODE);
        }
    }

    /** A pickle that names the tripwire class and goes on as given, as Latin-1. */
    private static byte[] pickle(String rest) {
        String module = Tripwire.class.getPackageName();
        String name = "Tripwire";
        String text = "\u0080\u0004\u008c" + (char) module.length() + module + "\u008c" + (char) name.length() + name;
        return (text + rest).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Notes every class that is asked of it by name. */
    private static final class RecordingLoader extends ClassLoader {
        private final List<String> asked = new ArrayList<>();

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            asked.add(name);
            return super.loadClass(name, resolve);
        }
    }
}
