package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks, before anything is built, whether the server can hold what the archive holds, and names everything that it lacks at
 * once. Of an extension an archive says the name alone: the server installs its own default version, as with pg_restore.
 */
final class Preflight {
    private static final String WHAT = "Comparing the server with the archive";
    private static final Pattern MAJOR_VERSION = Pattern.compile("([0-9]+).*", Pattern.DOTALL);

    private final Session session;
    private final DumpContents archive;
    private final List<TocEntry> entries;
    private final SourceDatabase source;
    private final MissingRoles missingRoles;
    private final Optional<FreeSpace> room;

    /**
     * @param entries the archive's, without what is left out of them
     * @param missingRoles whether something was
     * @param room there is for the restore; empty when it has taken what it needs of it already
     */
    Preflight(
            Session session,
            DumpContents archive,
            List<TocEntry> entries,
            SourceDatabase source,
            MissingRoles missingRoles,
            Optional<FreeSpace> room) {
        this.session = session;
        this.archive = archive;
        this.entries = entries;
        this.source = source;
        this.missingRoles = missingRoles;
        this.room = room;
    }

    /**
     * @throws RestoreException of kind REFUSED that lists what the server lacks
     */
    void check() {
        List<String> problems = new ArrayList<>();
        versionProblem(problems);
        localeProblems(problems);
        missing(problems, "extension", named("EXTENSION"), "SELECT name FROM pg_available_extensions");
        boolean lacksRoles = missing(problems, role(), RoleNames.in(entries), "SELECT rolname FROM pg_roles");
        missing(problems, "tablespace", tablespaces(), "SELECT spcname FROM pg_tablespace");
        labelProblem(problems);
        room.flatMap(FreeSpace::problem).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new RestoreException(
                    Kind.REFUSED,
                    "The server can't hold the dump of database "
                            + archive.header().databaseName() + ": " + String.join("; ", problems) + ".",
                    "Give the server what it lacks"
                            + (lacksRoles && missingRoles == MissingRoles.REFUSE
                                    ? ", or choose leave-out for missing roles"
                                    : "")
                            + ", then try again; nothing was changed in the live database.");
        }
    }

    private String role() {
        return switch (missingRoles) {
            case REFUSE -> "role";
            case LEAVE_OUT -> "policy's or user mapping's role";
        };
    }

    private void versionProblem(List<String> problems) {
        int server = session.query(
                        WHAT, row -> row.getInt(1), "SELECT current_setting('server_version_num')::int / 10000")
                .get(0);
        Matcher dumped = MAJOR_VERSION.matcher(archive.header().serverVersion());
        if (dumped.matches() && Integer.parseInt(dumped.group(1)) > server) {
            problems.add("it is PostgreSQL " + server + ", the dump was made from PostgreSQL "
                    + archive.header().serverVersion());
        }
    }

    private void labelProblem(List<String> problems) {
        Set<String> missing = new LabelProviders(entries).missing(session);
        if (!missing.isEmpty()) {
            problems.add((missing.size() == 1 ? "security label provider" : "security label providers")
                    + " not loaded: " + String.join(", ", missing));
        }
    }

    /** CREATE DATABASE would find them too, but one at a time, and after what is there under its name was dropped. */
    private void localeProblems(List<String> problems) {
        source.encoding()
                .filter(encoding -> !session.asks(WHAT, "SELECT pg_char_to_encoding(?) >= 0", encoding))
                .ifPresent(encoding -> problems.add("encoding missing: " + encoding));
        Set<String> unknown = new TreeSet<>(source.locales());
        unknown.removeIf(this::isKnownLocale);
        if (!unknown.isEmpty()) {
            problems.add((unknown.size() == 1 ? "locale" : "locales") + " missing in its operating system: "
                    + String.join(", ", unknown));
        }
        if (source.usesIcu() && !session.asks(WHAT, "SELECT count(*) > 0 FROM pg_collation WHERE collprovider = 'i'")) {
            problems.add("it was built without ICU, which the database's locale needs");
        }
    }

    /** By a setting for this one statement, which takes what the operating system knows, whatever the encoding. */
    private boolean isKnownLocale(String locale) {
        try {
            session.strings(WHAT, "SELECT set_config('lc_time', ?, true)", locale);
            return true;
        } catch (RestoreException e) {
            if (e.kind() != Kind.REFUSED) {
                throw e;
            }
            return false;
        }
    }

    private boolean missing(List<String> problems, String what, Collection<String> needed, String sql) {
        Set<String> missing = new TreeSet<>(needed);
        session.strings(WHAT, sql).forEach(missing::remove);
        if (!missing.isEmpty()) {
            problems.add((missing.size() == 1 ? what : what + "s") + " missing: " + String.join(", ", missing));
        }
        return !missing.isEmpty();
    }

    private Set<String> named(String kind) {
        Set<String> names = new TreeSet<>();
        entries.stream()
                .filter(entry -> entry.kind().equals(kind))
                .map(TocEntry::name)
                .forEach(names::add);
        return names;
    }

    private Set<String> tablespaces() {
        Set<String> names = new TreeSet<>(source.tablespace());
        entries.stream()
                .map(TocEntry::tablespace)
                .filter(Objects::nonNull)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }
}
