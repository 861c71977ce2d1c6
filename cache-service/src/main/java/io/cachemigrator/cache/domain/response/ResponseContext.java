package io.cachemigrator.cache.domain.response;

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
