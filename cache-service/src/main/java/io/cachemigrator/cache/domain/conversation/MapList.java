package io.cachemigrator.cache.domain.conversation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;

/**
 * A JSON array of objects, as a type that a reader can be asked for.
 *
 * @param maps the objects
 */
record MapList(@JsonValue List<Map<String, Object>> maps) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    MapList {}
}
