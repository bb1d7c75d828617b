package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.SqlStatement;
import dev.lifeboat.pgarchive.TocEntry;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The modules that an archive's security labels need: {@code SECURITY LABEL FOR provider ON …}. Each has to be loaded: by
 * shared_preload_libraries or session_preload_libraries, by the database's own setting of the latter, or by an extension of its name; of
 * the last two nothing can be said before the database is there.
 */
final class LabelProviders {
    private static final String WHAT = "Looking for a security label provider";
    /** Of "security label provider … is not loaded" (ExecSecLabelStmt of seclabel.c), which looks for the object only afterwards. */
    private static final String NOT_LOADED = "22023";

    private final Set<String> needed = new TreeSet<>();

    /** @param entries the archive's */
    LabelProviders(List<TocEntry> entries) {
        boolean loadsItsOwn = entries.stream()
                .anyMatch(entry -> entry.kind().equals("DATABASE PROPERTIES")
                        && entry.definition() != null
                        && entry.definition().contains("session_preload_libraries"));
        if (!loadsItsOwn) {
            entries.stream()
                    .filter(entry -> entry.kind().equals("SECURITY LABEL"))
                    .forEach(this::add);
            needed.removeAll(entries.stream()
                    .filter(entry -> entry.kind().equals("EXTENSION"))
                    .map(TocEntry::name)
                    .collect(Collectors.toSet()));
        }
    }

    private void add(TocEntry entry) {
        for (SqlStatement statement : SqlScript.statements(entry.definition())) {
            if (statement.startsWith("SECURITY", "LABEL", "FOR") && statement.nameAt(3) != null) {
                needed.add(statement.nameAt(3));
            }
        }
    }

    /** Those that are not loaded. Changes nothing: the label would be that of a table which does not exist. */
    Set<String> missing(Session session) {
        return needed.stream()
                .filter(provider -> !isLoaded(session, provider))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isLoaded(Session session, String provider) {
        try {
            session.execute(
                    WHAT, "SECURITY LABEL FOR " + Sql.identifier(provider) + " ON TABLE pg_temp.lifeboat_none IS NULL");
            return true;
        } catch (RestoreException e) {
            if (e.kind() != RestoreException.Kind.REFUSED) {
                throw e;
            }
            return !(e.getCause() instanceof SQLException cause && NOT_LOADED.equals(cause.getSQLState()));
        }
    }
}
