package io.cachemigrator.cache.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads envelopes that another program has written, byte for byte by the specification. */
@Tag("SVC-8")
class EnvelopeGoldenTest {
    private static final String FOLDER = "/golden/envelope-v1/";
    private static final Map<String, Integer> FLAGS = Map.of(
            "NULL", Envelope.NULL,
            "TOMBSTONE", Envelope.TOMBSTONE,
            "MIGRATED", Envelope.MIGRATED,
            "SLIDING", Envelope.SLIDING);

    record Golden(
            String file,
            int codec,
            int compression,
            int encryption,
            List<String> flags,
            long createdMicros,
            long deadlineMillis,
            List<String> tags,
            Map<String, String> metadata,
            String payloadHex) {

        Envelope envelope() {
            return new Envelope(
                    codec,
                    compression,
                    encryption,
                    flags.stream().mapToInt(FLAGS::get).sum(),
                    createdMicros,
                    deadlineMillis,
                    tags,
                    metadata,
                    HexFormat.of().parseHex(payloadHex));
        }
    }

    static Stream<Golden> goldens() throws IOException {
        return new ObjectMapper().readValue(read("index.json"), new TypeReference<List<Golden>>() {}).stream();
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = EnvelopeGoldenTest.class.getResourceAsStream(FOLDER + name)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void decode_ofGoldenFile_givesItsFields(Golden golden) throws Exception {
        byte[] bytes = read(golden.file());

        Envelope envelope = EnvelopeFormat.decode(bytes);

        assertThat(envelope).isEqualTo(golden.envelope());
        assertThat(List.copyOf(envelope.metadata().keySet()))
                .isEqualTo(List.copyOf(golden.envelope().metadata().keySet()));
        assertThat(EnvelopeFormat.isReadable(bytes)).isTrue();
        assertThat(EnvelopeFormat.created(bytes)).isEqualTo(golden.createdMicros());
        assertThat(EnvelopeFormat.deadline(bytes)).isEqualTo(golden.deadlineMillis());
        assertThat(EnvelopeFormat.flags(bytes)).isEqualTo(golden.envelope().flags());
        assertThat(EnvelopeFormat.tags(bytes)).isEqualTo(golden.tags());
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void encode_ofItsFields_givesTheGoldenFile(Golden golden) throws Exception {
        assertThat(EnvelopeFormat.encode(golden.envelope())).isEqualTo(read(golden.file()));
    }

    @Test
    void index_namesEveryFile() throws Exception {
        Path folder = Path.of("src/test/resources" + FOLDER);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".bin")))
                    .containsExactlyInAnyOrderElementsOf(
                            goldens().map(Golden::file).toList())
                    .hasSizeGreaterThan(15);
        }
    }

    @Test
    void hexDump_inTheSpecification_isTheGoldenFile() throws Exception {
        String page = Files.readString(Path.of("../docs/reference/envelope.md"));
        Matcher dump = Pattern.compile("```hexdump\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(dump.find()).isTrue();
        StringBuilder hex = new StringBuilder();
        dump.group(1).lines().forEach(line -> hex.append(line.substring(4).replace(" ", "")));

        assertThat(HexFormat.of().parseHex(hex)).isEqualTo(read("json.bin"));
    }
}
