package io.cachemigrator.validation.contract;

import java.time.Instant;
import java.util.List;

/** A value with a date, a number and a list. */
record Profile(String name, int age, Instant seen, List<String> roles) {}
