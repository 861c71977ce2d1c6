package io.cachemigrator.cache.domain.response;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. Immutable; the {@code with} methods return changed copies.
 *
 * @param customerType kind of customer, which answers may differ by; {@code general} when not known
 * @param tier tier of the customer, which answers may differ by; {@code standard} when not known
 * @param customerName what a found answer addresses the customer by; null = no name
 * @param personalData whether the exchange holds personal data, and so is never kept
 */
public record ResponseContext(
        String customerType, String tier, @Nullable String customerName, boolean personalData) {

    /** Nobody in particular. */
    public static final ResponseContext GENERAL = new ResponseContext("general", "standard", null, false);

    /**
     * A context from fields: {@code customer_type}, {@code tier}, {@code customer_name}, {@code has_personal_data}. Others are
     * left out, and missing ones are as in {@link #GENERAL}.
     */
    public static ResponseContext of(Map<String, ?> fields) {
        Object name = fields.get("customer_name");
        return new ResponseContext(
                text(fields.get("customer_type"), GENERAL.customerType),
                text(fields.get("tier"), GENERAL.tier),
                name == null ? null : name.toString(),
                Boolean.parseBoolean(String.valueOf(fields.get("has_personal_data"))));
    }

    private static String text(@Nullable Object value, String absent) {
        return value == null || value.toString().isEmpty() ? absent : value.toString();
    }

    /** A copy for another kind of customer and tier. */
    public ResponseContext withCustomer(String type, String customerTier) {
        return new ResponseContext(type, customerTier, customerName, personalData);
    }

    /** A copy that addresses the customer by name. */
    public ResponseContext withName(@Nullable String name) {
        return new ResponseContext(customerType, tier, name, personalData);
    }

    /** A copy of an exchange that holds personal data. */
    public ResponseContext withPersonalData() {
        return new ResponseContext(customerType, tier, customerName, true);
    }
}
