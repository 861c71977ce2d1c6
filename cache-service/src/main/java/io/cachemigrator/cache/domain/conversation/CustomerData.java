package io.cachemigrator.cache.domain.conversation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.LocalDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a customer. Immutable; missing maps become empty.
 *
 * @param id customer's id
 * @param name full name
 * @param email address
 * @param age in years, 18 to 120
 * @param gender as stated
 * @param occupation as stated
 * @param goals goals by name
 * @param fitnessMetrics measurements by name
 * @param lifestyle habits by name
 * @param interactionHistory earlier contacts
 * @param createdAt when the record was made, local time without zone
 * @param updatedAt when it was last changed, local time without zone
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CustomerData(
        @Nullable String id,
        @Nullable String name,
        @Nullable String email,
        @Nullable Integer age,
        @Nullable String gender,
        @Nullable String occupation,
        Map<String, Object> goals,
        Map<String, Object> fitnessMetrics,
        Map<String, Object> lifestyle,
        Map<String, Object> interactionHistory,

        @JsonSerialize(using = LegacyTime.Serializer.class)
        @JsonDeserialize(using = LegacyTime.Deserializer.class)
        @Nullable
        LocalDateTime createdAt,

        @JsonSerialize(using = LegacyTime.Serializer.class)
        @JsonDeserialize(using = LegacyTime.Deserializer.class)
        @Nullable
        LocalDateTime updatedAt) {

    private static final int MIN_AGE = 18;
    private static final int MAX_AGE = 120;

    /** Checks and copies. */
    public CustomerData {
        if (age != null && (age < MIN_AGE || age > MAX_AGE)) {
            throw new IllegalArgumentException(
                    "An age is from " + MIN_AGE + " to " + MAX_AGE + ". Correct it, or leave it out.");
        }
        goals = Collected.map(goals);
        fitnessMetrics = Collected.map(fitnessMetrics);
        lifestyle = Collected.map(lifestyle);
        interactionHistory = Collected.map(interactionHistory);
    }

    /** A customer of whom only this is known. */
    public static CustomerData of(String id, String name, String email) {
        return new CustomerData(id, name, email, null, null, null, Map.of(), Map.of(), Map.of(), Map.of(), null, null);
    }
}
