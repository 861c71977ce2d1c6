package io.cachemigrator.cache.maintenance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.EntryDetails;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.RegionPage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a region's entries can be read and are what they say, and whether this process sees what the store holds.
 * A repair removes the entry from every tier: a cache may forget, it may not lie.
 */
public final class ConsistencyCheck {
    private static final int PAGE = 500;
    private static final int MOST_LISTED = 1_000;
    private static final int TEXT = 1;
    private static final int JSON = 2;
    private static final JsonFactory FACTORY =
            new JsonFactory().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature());

    private final CacheService service;

    /** Of a service, which stays open. */
    public ConsistencyCheck(CacheService service) {
        this.service = service;
    }

    /**
     * Checks a region.
     *
     * @param repair whether what is wrong is put right
     * @throws io.cachemigrator.cache.error.InfrastructureException if the store cannot be reached
     */
    public ConsistencyReport run(String name, boolean repair, Progress progress) {
        Region<byte[]> region = service.region(name, byte[].class);
        List<ConsistencyReport.Finding> listed = new ArrayList<>();
        long entries = 0;
        long found = 0;
        long repaired = 0;
        @Nullable String from = null;
        do {
            RegionPage page = region.scan(from, PAGE);
            from = page.next();
            entries += page.entries().size();
            for (ConsistencyReport.Finding finding : findings(region, page)) {
                found++;
                if (listed.size() < MOST_LISTED) {
                    listed.add(finding);
                }
                if (repair && repaired(region, finding)) {
                    repaired++;
                }
            }
            progress.at(name, entries);
        } while (from != null);
        return new ConsistencyReport(name, entries, listed, found, repaired);
    }

    private static List<ConsistencyReport.Finding> findings(Region<byte[]> region, RegionPage page) {
        List<ConsistencyReport.Finding> findings = new ArrayList<>();
        page.damaged()
                .forEach((id, reason) ->
                        findings.add(new ConsistencyReport.Finding(id, ConsistencyReport.Kind.DAMAGED, reason)));
        Map<String, Lookup<byte[]>> seen =
                region.lookupAll(page.entries().stream().map(EntryDetails::id).toList());
        for (EntryDetails entry : page.entries()) {
            @Nullable String fault = faultOf(entry);
            if (fault != null) {
                findings.add(new ConsistencyReport.Finding(entry.id(), ConsistencyReport.Kind.WRONG_CODEC, fault));
            } else if (differs(region, entry, seen.get(entry.id()))) {
                findings.add(new ConsistencyReport.Finding(
                        entry.id(),
                        ConsistencyReport.Kind.STALE_COPY,
                        "this process holds another value than the " + entry.tier() + " tier"));
            }
        }
        return findings;
    }

    private static @Nullable String faultOf(EntryDetails entry) {
        if (entry.nullValue()) {
            return null;
        }
        return switch (entry.codec()) {
            case TEXT -> isText(entry.payload()) ? null : "the payload is not UTF-8 text";
            case JSON -> isJson(entry.payload()) ? null : "the payload is not JSON";
            default -> null;
        };
    }

    private static boolean isText(byte[] payload) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
            return true;
        } catch (CharacterCodingException notText) {
            return false;
        }
    }

    private static boolean isJson(byte[] payload) {
        try (JsonParser parser = FACTORY.createParser(payload)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }

    /** Whether what this process sees is neither what was listed nor what the store holds by now. */
    private static boolean differs(Region<byte[]> region, EntryDetails listed, @Nullable Lookup<byte[]> seen) {
        byte @Nullable [] value = seen == null ? null : seen.valueOrNull();
        if (value == null || Arrays.equals(value, listed.payload())) {
            return false;
        }
        @Nullable EntryDetails now = region.describe(listed.id());
        return now != null && !Arrays.equals(value, now.payload());
    }

    private static boolean repaired(Region<byte[]> region, ConsistencyReport.Finding finding) {
        return region.deleteAll(List.of(finding.id())).complete();
    }
}
