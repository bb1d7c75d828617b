package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.SqlStatement;
import dev.lifeboat.pgarchive.SqlToken;
import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the archive says of the database itself: how to create it, its owner, settings, limits, privileges, comment and
 * labels. The archive's statements name the dumped database; here they are made to name another one.
 */
final class SourceDatabase {
    /** Behind {@code CREATE DATABASE name}, since a database may be called locale. */
    private static final int OPTIONS = 3;

    private final TocEntry entry;
    private final List<TocEntry> attached;

    /** @param meant the archive's entries, without what is left out of them */
    SourceDatabase(DumpContents archive, List<TocEntry> meant) {
        List<TocEntry> entries = new RestorePasses(meant).database();
        this.entry = entries.stream()
                .filter(each -> each.kind().equals("DATABASE"))
                .findFirst()
                .orElseThrow(() -> new RestoreException(
                        Kind.UNUSABLE_ARCHIVE,
                        "The archive of database " + archive.header().databaseName() + " has no DATABASE entry.",
                        "It is not a dump of a whole database; restore another backup."));
        this.attached = entries.stream().filter(each -> !each.equals(entry)).toList();
    }

    /** Creates an empty database with the dumped one's encoding, locale and provider. */
    void create(Session session, String name) {
        SqlStatement create = SqlScript.statements(entry.definition()).get(0);
        session.execute("Creating database " + name, renamed(create, name));
    }

    /** The tablespace that the database lies in, if it is not the default one. */
    Set<String> tablespace() {
        SqlStatement create = SqlScript.statements(entry.definition()).get(0);
        OptionalInt at = create.find("TABLESPACE", OPTIONS);
        return at.isEmpty() ? Set.of() : Set.of(create.nameAt(at.getAsInt() + 2));
    }

    /** How its text is encoded. */
    Optional<String> encoding() {
        return option("ENCODING");
    }

    /** The names of the operating system's locales that it needs: of characters and sorting, whoever else sorts besides. */
    Set<String> locales() {
        Set<String> names = new TreeSet<>();
        Stream.of("LOCALE", "LC_COLLATE", "LC_CTYPE")
                .forEach(name -> option(name).ifPresent(names::add));
        return names;
    }

    /** Whether it sorts by the ICU library. */
    boolean usesIcu() {
        return option("LOCALE_PROVIDER").filter("icu"::equals).isPresent();
    }

    private Optional<String> option(String name) {
        SqlStatement create = SqlScript.statements(entry.definition()).get(0);
        OptionalInt at = create.find(name, OPTIONS);
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(create.tokens().get(at.getAsInt() + 2).value());
    }

    /** Gives a database the dumped one's owner, settings, limits, privileges, comment and labels: all or none. */
    void applyProperties(Session session, String name) {
        session.transaction("Giving database " + name + " its properties", () -> {
            if (entry.owner() != null && !entry.owner().isEmpty()) {
                session.execute(
                        "Replaying " + entry.label(),
                        "ALTER DATABASE " + Sql.identifier(name) + " OWNER TO " + Sql.identifier(entry.owner()));
            }
            for (TocEntry each : attached) {
                for (SqlStatement statement : SqlScript.statements(each.definition())) {
                    session.execute("Replaying " + each.label(), renamed(statement, name));
                }
            }
        });
    }

    private String renamed(SqlStatement statement, String name) {
        List<SqlToken> tokens = statement.tokens();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("DATABASE")
                    && tokens.get(i + 1).isName()
                    && tokens.get(i + 1).value().equals(entry.name())) {
                return statement.replace(i + 1, Sql.identifier(name));
            }
            if (tokens.get(i).is("datname") && tokens.get(i + 1).isSymbol("=")) {
                return statement.replace(i + 2, Sql.literal(name));
            }
        }
        if (statement.startsWith("SET", "SESSION", "AUTHORIZATION")
                || statement.startsWith("RESET", "SESSION", "AUTHORIZATION")) {
            return statement.text(); // around a GRANT that someone other than the owner made
        }
        throw new RestoreException(
                Kind.UNUSABLE_ARCHIVE,
                "The statement '" + SqlStatement.shown(statement.text()) + "' of the archive's " + entry.label()
                        + " does not name the database.",
                "It is not what pg_dump writes; restore another backup.");
    }
}
