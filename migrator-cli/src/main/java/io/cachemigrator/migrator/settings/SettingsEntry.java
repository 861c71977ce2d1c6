package io.cachemigrator.migrator.settings;

/**
 * A piece of a settings file: a setting, or text between settings.
 *
 * @param line number of its first line, from 1
 * @param lead what stands before the key, such as {@code export }
 * @param key setting's key; empty for text between settings
 * @param separator what stands between key and value
 * @param value value as written, quotes included, without line end
 * @param end line end
 */
record SettingsEntry(int line, String lead, String key, String separator, String value, String end) {

    boolean isSetting() {
        return !key.isEmpty();
    }

    String text() {
        return lead + key + separator + value + end;
    }

    SettingsEntry with(String newKey, String newValue) {
        return new SettingsEntry(line, lead, newKey, separator, newValue, end.isEmpty() ? "\n" : end);
    }

    /** The value without the quotes around it. */
    String plainValue() {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** The plain value without a comment after it and white space around it. */
    String bareValue() {
        boolean quoted = !plainValue().equals(value);
        return quoted ? plainValue() : value.replaceFirst("[ \\t]#.*$", "").strip();
    }

    /** The value as written with another one in its place; quotes and a comment after it stay. */
    String valued(String plain) {
        String bare = bareValue();
        int at = bare.isEmpty() ? -1 : value.indexOf(bare);
        return at < 0 ? quotedLikeThis(plain) : value.substring(0, at) + plain + value.substring(at + bare.length());
    }

    /** Another plain value in this one's quotes. */
    String quotedLikeThis(String plain) {
        boolean quoted = !plainValue().equals(value);
        return quoted ? value.charAt(0) + plain + value.charAt(0) : plain;
    }

    @Override
    public String toString() {
        return "SettingsEntry[line=" + line + ", key=" + key + "]";
    }
}
