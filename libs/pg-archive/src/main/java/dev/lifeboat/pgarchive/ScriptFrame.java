package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands around a plain dump's statements: the comments at its beginning and its end, the meta-commands, and the settings that
 * decide how it is read. Not thread-safe.
 */
final class ScriptFrame {
    private static final String TITLE = "-- PostgreSQL database dump";
    private static final String LAST = "-- PostgreSQL database dump complete";
    private static final String SERVER_VERSION = "-- Dumped from database version ";
    private static final String DUMP_VERSION = "-- Dumped by pg_dump version ";
    private static final Pattern META_COMMAND = Pattern.compile("\\\\(\\S+)(?:\\s+(.*))?", Pattern.DOTALL);
    private static final String HINT = "Dump one database to one script, with pg_dump --create.";

    private final ScriptInput in;
    private boolean begun;
    private boolean complete;
    private String restriction;
    private String serverVersion;
    private String dumpVersion;
    private String databaseName;

    ScriptFrame(ScriptInput in) {
        this.in = in;
    }

    void comment(String line) {
        if (!begun && !line.equals("--")) {
            requireTitle(line);
        } else if (line.equals(LAST)) {
            complete = true;
        } else if (serverVersion == null && line.startsWith(SERVER_VERSION)) {
            serverVersion = line.substring(SERVER_VERSION.length());
        } else if (dumpVersion == null && line.startsWith(DUMP_VERSION)) {
            dumpVersion = line.substring(DUMP_VERSION.length());
        }
    }

    private void requireTitle(String line) {
        if (!line.equals(TITLE)) {
            throw in.unsupported(
                    "it begins with '" + Labels.shorten(line) + "', expected '" + TITLE + "'.",
                    "Dump with pg_dump; scripts of pg_dumpall and of people can't be verified.");
        }
        begun = true;
    }

    /** A statement comes now. */
    void requireInside() {
        if (!begun) {
            requireTitle("a statement");
        }
        if (serverVersion == null || dumpVersion == null) {
            throw in.corrupt("its head does not say which versions of server and pg_dump made it.");
        }
        if (complete) {
            throw in.corrupt("a statement follows the comment '" + LAST + "'.");
        }
    }

    /** Takes what concerns the reading of all that follows. */
    void statement(SqlStatement sql) {
        if (sql.startsWith("SET", "client_encoding") && sql.tokens().size() > 3) {
            String encoding = sql.tokens().get(3).value();
            in.readAs(TextEncoding.of(encoding)
                    .orElseThrow(() -> in.unsupported(
                            "its encoding is '" + Labels.shorten(encoding) + "', which this library does not know.",
                            "Dump with pg_dump --encoding=UTF8.")));
        } else if (sql.startsWith("SET", "standard_conforming_strings")
                && !sql.tokens().get(sql.tokens().size() - 1).is("on")) {
            throw in.unsupported(
                    "it was dumped with standard_conforming_strings = off.",
                    "Set it on in the database, and dump anew.");
        } else if (sql.startsWith("CREATE", "DATABASE")) {
            if (databaseName != null) {
                throw in.unsupported("it creates a second database, '" + Labels.shorten(sql.text()) + "'.", HINT);
            }
            databaseName = sql.nameAt(2);
        }
    }

    void metaCommand(SqlLexer lexer) throws IOException {
        Matcher matcher = META_COMMAND.matcher(lexer.piece());
        String command = matcher.matches() ? matcher.group(1) : "";
        String argument = command.isEmpty() || matcher.group(2) == null
                ? ""
                : matcher.group(2).strip();
        switch (command) {
            case "restrict" -> restriction = argument;
            case "unrestrict" -> {
                if (!argument.equals(restriction)) {
                    throw in.corrupt("\\unrestrict has another key than \\restrict.");
                }
                restriction = null;
            }
            case "connect" -> {
                String wanted = connected(argument);
                if (databaseName == null || !databaseName.equals(wanted)) {
                    throw in.unsupported(
                            "it has \\connect to database '" + Labels.shorten(wanted) + "', "
                                    + (databaseName == null
                                            ? "but creates none"
                                            : "expected '" + databaseName + "', which it creates")
                                    + ".",
                            HINT);
                }
            }
            default -> throw lexer.metaCommand();
        }
    }

    /** As appendPsqlMetaConnect of PostgreSQL's string_utils.c writes it: a name, or for an odd one a connection string. */
    private static String connected(String argument) {
        String prefix = "-reuse-previous=on ";
        boolean odd = argument.startsWith(prefix);
        String word = odd ? argument.substring(prefix.length()) : argument;
        if (word.length() > 1 && word.startsWith("\"") && word.endsWith("\"")) {
            word = word.substring(1, word.length() - 1).replace("\"\"", "\"");
        }
        if (!odd || !word.startsWith("dbname=")) {
            return word;
        }
        String value = word.substring("dbname=".length());
        return value.length() > 1 && value.startsWith("'") && value.endsWith("'")
                ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                : value;
    }

    /** Nothing more comes. */
    void end() {
        if (!complete || restriction != null) {
            throw in.truncated(
                    complete ? "its last lines, before \\unrestrict" : "it, before the comment '" + LAST + "'");
        }
    }

    ArchiveHeader header(Compression compression, int entries) {
        return begun && serverVersion != null && dumpVersion != null
                ? new ArchiveHeader(
                        ArchiveFormat.PLAIN,
                        "none",
                        compression,
                        null,
                        databaseName,
                        serverVersion,
                        dumpVersion,
                        entries)
                : null;
    }
}
