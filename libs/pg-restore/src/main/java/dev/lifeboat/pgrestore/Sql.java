package dev.lifeboat.pgrestore;

/** Quotes what is put into SQL text where a parameter can't be. */
final class Sql {
    private Sql() {}

    /** A name, always quoted: {@code "users"}. */
    static String identifier(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + name + "' can't be a name in PostgreSQL");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A qualified name; {@code schema} may be null or empty for what lies in none. */
    static String identifier(String schema, String name) {
        return (schema == null || schema.isEmpty() ? "" : identifier(schema) + ".") + identifier(name);
    }

    /** A string constant that does not depend on {@code standard_conforming_strings}. */
    static String literal(String value) {
        String quoted = "'" + value.replace("'", "''") + "'";
        return value.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }
}
