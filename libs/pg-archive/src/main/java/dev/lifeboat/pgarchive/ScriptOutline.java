package dev.lifeboat.pgarchive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Gathers from a script's statements what a restore has to know before it begins, in the form of a table of contents. */
final class ScriptOutline {
    /** What a dump that does not create its database is taken to be a dump of. */
    private static final String UNNAMED = "unnamed";

    private final List<TocEntry> entries = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final StringBuilder properties = new StringBuilder();
    private String creation;
    private String database = UNNAMED;
    private String authorization;
    private int statements;

    /** @param rows the entry of the rows that follow the statement, or null */
    void add(ScriptStatement statement, TocEntry rows) {
        statements++;
        SqlStatement sql = statement.sql();
        if (rows != null) {
            entries.add(rows.withDumpId(nextId()));
        } else if (sql.startsWith("CREATE", "DATABASE")) {
            creation = sql.text() + ";";
            database = sql.nameAt(2);
        } else if (statement.isAboutDatabase()) {
            property(sql);
        } else {
            needed(sql);
        }
    }

    private void property(SqlStatement sql) {
        if (sql.startsWith("DROP")) {
            return; // a restore makes a database of its own
        }
        boolean byAnother = authorization != null && !sql.startsWith("ALTER", "DATABASE");
        properties
                .append(byAnother ? authorization + ";\n" : "")
                .append(sql.text())
                .append(";\n");
        properties.append(byAnother ? "RESET SESSION AUTHORIZATION;\n" : "");
        owner(sql);
    }

    private void needed(SqlStatement sql) {
        if (sql.startsWith("CREATE", "EXTENSION")) {
            extension(sql);
        } else if (sql.startsWith("SET", "default_tablespace")) {
            once("TABLESPACE", "", lastName(sql), lastName(sql), null);
        } else if (sql.startsWith("SET", "SESSION", "AUTHORIZATION")) {
            boolean none = sql.tokens().get(sql.tokens().size() - 1).is("DEFAULT");
            authorization = none ? null : sql.text();
            if (!none) {
                once("ROLE", lastName(sql), lastName(sql), null, null);
            }
        } else if (sql.startsWith("RESET", "SESSION", "AUTHORIZATION")) {
            authorization = null;
        } else if (sql.startsWith("GRANT") || sql.startsWith("REVOKE")) {
            once("ACL", "", sql.text(), null, sql.text());
        } else if (sql.startsWith("ALTER", "DEFAULT", "PRIVILEGES")) {
            once("DEFAULT ACL", "", sql.text(), null, sql.text());
        } else if (sql.startsWith("CREATE", "POLICY")) {
            once("POLICY", "", sql.text(), null, sql.text());
        } else if (sql.startsWith("SECURITY", "LABEL", "FOR") && sql.nameAt(3) != null) {
            once("SECURITY LABEL", "", sql.nameAt(3), null, sql.text());
        } else if (sql.startsWith("CREATE", "USER", "MAPPING")) {
            once("USER MAPPING", "", sql.text(), null, sql.text());
        } else {
            owner(sql);
        }
    }

    private void extension(SqlStatement sql) {
        boolean conditional = sql.find("EXISTS", 0).isPresent();
        String name = sql.nameAt(conditional ? 5 : 2);
        if (name != null) {
            once("EXTENSION", "", name, null, null);
        }
    }

    /** {@code ALTER … OWNER TO role}; a table or a column may be called owner, too. */
    private void owner(SqlStatement sql) {
        if (sql.isAboutOwner()) {
            String role = sql.nameAt(sql.tokens().size() - 1);
            once("OWNER", role, role, null, null);
        }
    }

    private static String lastName(SqlStatement sql) {
        return sql.tokens().get(sql.tokens().size() - 1).value();
    }

    private void once(String kind, String owner, String name, String tablespace, String definition) {
        if (seen.add(kind + " " + name)) {
            entries.add(entry(kind, owner, "statement " + statements + " " + name, tablespace, definition, name));
        }
    }

    private TocEntry entry(String kind, String owner, String label, String tablespace, String definition, String name) {
        return new TocEntry(
                nextId(),
                kind,
                null,
                kind.equals("EXTENSION") || kind.startsWith("DATABASE") ? name : label,
                owner,
                Section.PRE_DATA,
                definition,
                null,
                null,
                tablespace,
                null,
                List.of(),
                false,
                OptionalLong.empty(),
                0,
                0,
                (char) 0);
    }

    private int nextId() {
        return entries.size() + 1;
    }

    int statements() {
        return statements;
    }

    /** The script's head with a name for its database. */
    ArchiveHeader named(ArchiveHeader header) {
        return new ArchiveHeader(
                header.format(),
                header.formatVersion(),
                header.compression(),
                header.createdAt(),
                database,
                header.serverVersion(),
                header.dumpVersion(),
                entries.size());
    }

    /** With the database itself last; one that the script does not create gets the server's locale and no settings. */
    List<TocEntry> entries(String encoding) {
        List<TocEntry> all = new ArrayList<>(entries);
        String create = creation == null
                ? "CREATE DATABASE " + UNNAMED + " WITH TEMPLATE = template0 ENCODING = '" + encoding + "';"
                : creation;
        all.add(entry("DATABASE", "", database, null, create, database).withDumpId(all.size() + 1));
        if (!properties.isEmpty()) {
            all.add(entry("DATABASE PROPERTIES", "", database, null, properties.toString(), database)
                    .withDumpId(all.size() + 1));
        }
        return List.copyOf(all);
    }
}
