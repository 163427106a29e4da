package org.tiepoint.recipe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Finds keys that no recipe has before any value is bound: a mistyped key would else be reported as a missing one. */
final class RecipeKeys {
    private RecipeKeys() {}

    /**
     * Reads to the end.
     *
     * @param parser at the start of the text
     * @param recipe the record that the text is to become
     * @param source what messages call it
     * @throws RecipeException naming the line, the first unknown key and the nearest known one
     */
    static void check(JsonParser parser, Class<? extends Recipe> recipe, String source) throws IOException {
        Deque<Class<?>> open = new ArrayDeque<>();
        Class<?> next = recipe;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                open.push(token == JsonToken.START_OBJECT ? next : Object.class);
            } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                open.pop();
            } else if (token == JsonToken.FIELD_NAME && !components(open.peek()).isEmpty()) {
                next = type(open.peek(), parser.currentName()).orElse(null);
                if (next == null) {
                    throw unknown(open.peek(), parser, source);
                }
            } else if (token == JsonToken.FIELD_NAME) {
                next = Object.class;
            }
        }
    }

    private static Optional<Class<?>> type(Class<?> record, String key) {
        return components(record).stream().filter(component -> component.getName().equals(key))
                .<Class<?>>map(RecordComponent::getType).findFirst();
    }

    /** Of a record, or of all records that a sealed interface permits; none of other types. */
    private static List<RecordComponent> components(Class<?> type) {
        if (type.isSealed()) {
            return Arrays.stream(type.getPermittedSubclasses()).flatMap(record -> components(record).stream()).toList();
        }
        return type.isRecord() ? List.of(type.getRecordComponents()) : List.of();
    }

    private static RecipeException unknown(Class<?> record, JsonParser parser, String source) throws IOException {
        List<String> known = components(record).stream().map(RecordComponent::getName).distinct().sorted().toList();
        String path = parser.getParsingContext().pathAsPointer().toString().substring(1).replace('/', '.');
        return new RecipeException(source + ", line " + parser.currentTokenLocation().getLineNr() + ": unknown key "
                + path + "; did you mean " + RecipeFile.nearest(parser.currentName(), known) + "? Known here: "
                + String.join(", ", known));
    }
}
