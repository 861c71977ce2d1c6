package io.cachemigrator.cache.domain.response;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Questions that get the same kind of answer. Immutable.
 *
 * @param type what kind of answer, such as {@code pricing_response}
 * @param triggers texts, any of which a question of this kind holds, whatever its case
 */
public record ResponsePattern(String type, List<String> triggers) {

    /** Checks and copies. */
    public ResponsePattern {
        triggers = List.copyOf(triggers);
        if (type.isBlank() || triggers.isEmpty() || triggers.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "A pattern needs a type and triggers that are not blank. Give both for '" + type + "'.");
        }
    }

    /** A pattern of a type. */
    public static ResponsePattern of(String type, String... triggers) {
        return new ResponsePattern(type, List.of(triggers));
    }

    /** Whether a question is of this kind. */
    public boolean matches(String question) {
        String lower = question.toLowerCase(Locale.ROOT);
        return triggers.stream().anyMatch(trigger -> lower.contains(trigger.toLowerCase(Locale.ROOT)));
    }

    /** The triggers as one text, as keys of learnt answers are made of. */
    String source() {
        return String.join("|", triggers);
    }

    /** The kinds of questions that a sales conversation meets, in English and Spanish; the first that matches counts most. */
    public static List<ResponsePattern> conversation() {
        return List.of(
                of("pricing_response", "precio", "cost", "cuanto"),
                of("pricing_objection", "es caro", "muy caro", "expensive"),
                of("discount_response", "descuento", "promocion", "oferta"),
                of("info_response", "que es", "what is", "explica"),
                of("explanation_response", "como funciona", "how does", "como trabaja"),
                of("features_response", "que incluye", "what includes", "beneficios"),
                of("guarantee_response", "garantia", "guarantee", "devolucion"),
                of("guarantee_objection", "si no funciona", "no resultados", "no sirve"),
                of("roi_response", "vale la pena", "worth it", "roi"),
                of("success_stories", "testimonios", "casos de exito", "resultados"),
                of("time_objection", "no tengo tiempo", "muy ocupado", "no time"),
                of("thinking_objection", "debo pensarlo", "lo pienso", "think about"),
                of("consultation_objection", "hablar con", "consultar con", "ask my"),
                of("comparison_response", "diferencia", "versus", "comparacion"),
                of("competitive_response", "mejor que", "vs", "contra"),
                of("security_response", "seguridad", "privacidad", "datos"),
                of("cancellation_response", "cancelar", "cancel", "terminar"));
    }

    /** Whole words that mark an exchange as private, in any case. */
    static final Pattern PRIVATE = Pattern.compile(
            "\\b(personal|private|specific|custom|password|account|payment|card)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);
}
