package dev.lifeboat.local.drill;

import dev.lifeboat.pgarchive.FileByteSource;
import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgarchive.TocEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The user's own dump, loaded into the live database; roles that it names and that are missing are made without a login.
 * A table of the drill's own is added for the writes of the application that never stops.
 */
final class UserDump implements DrillData {
    private static final String TABLE = "public.lifeboat_drill_writes";

    private final Path file;

    UserDump(Path file) {
        this.file = file;
    }

    @Override
    public void load(LiveDatabase database) throws SQLException, IOException {
        boolean custom = isCustomFormat();
        for (String role : custom ? rolesOfArchive() : ScriptRoles.of(file)) {
            createRole(database, role);
        }
        LiveDatabase.ProgramResult result = custom
                ? database.run("pg_restore", "--exit-on-error", "--dbname", Names.DATABASE, file.toString())
                : database.run(
                        "psql",
                        "--no-psqlrc",
                        "-q",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-d",
                        Names.DATABASE,
                        "-f",
                        file.toString());
        if (result.exitCode() != 0) {
            throw new DrillFailure("The dump '" + file + "' cannot be loaded: " + lastLines(result.output())
                    + " HINT: load it with " + (custom ? "pg_restore" : "psql") + " into an empty database of this "
                    + "machine's PostgreSQL first; extensions that it needs have to be installed.");
        }
        addApplication(database);
    }

    private void addApplication(LiveDatabase database) throws SQLException {
        createRole(database, Names.APPLICATION_ROLE);
        database.execute(
                Names.DATABASE,
                "ALTER ROLE " + Names.APPLICATION_ROLE + " LOGIN PASSWORD '"
                        + database.names().applicationPassword() + "'; "
                        + "GRANT CONNECT ON DATABASE " + Names.DATABASE + " TO " + Names.APPLICATION_ROLE + "; "
                        + "CREATE SCHEMA IF NOT EXISTS public; GRANT USAGE ON SCHEMA public TO "
                        + Names.APPLICATION_ROLE + "; "
                        + "CREATE TABLE " + TABLE + " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
                        + "written_at timestamptz NOT NULL DEFAULT clock_timestamp()); "
                        + "INSERT INTO " + TABLE + " DEFAULT VALUES; "
                        + "GRANT SELECT, INSERT ON " + TABLE + " TO " + Names.APPLICATION_ROLE);
    }

    private static void createRole(LiveDatabase database, String role) throws SQLException {
        String literal = role.replace("'", "''");
        boolean there = !database.rows("postgres", "SELECT 1 FROM pg_roles WHERE rolname = '" + literal + "'")
                .isEmpty();
        if (!there) {
            database.execute("postgres", "CREATE ROLE \"" + role.replace("\"", "\"\"") + "\"");
        }
    }

    private boolean isCustomFormat() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(5), StandardCharsets.ISO_8859_1).equals("PGDMP");
        }
    }

    private Set<String> rolesOfArchive() throws IOException {
        Set<String> roles = new TreeSet<>();
        try (PgArchive archive = PgArchive.open(new FileByteSource(file))) {
            for (TocEntry entry : archive.entries()) {
                if (entry.owner() != null && !entry.owner().isEmpty()) {
                    roles.add(entry.owner());
                }
                if (entry.kind().endsWith("ACL") && entry.definition() != null) {
                    ScriptRoles.addGrantees(entry.definition(), roles);
                }
            }
        }
        return roles;
    }

    private static String lastLines(String output) {
        String[] lines = output.strip().split("\n", -1);
        return Arrays.stream(lines).skip(Math.max(0, lines.length - 3)).collect(Collectors.joining(" "));
    }

    @Override
    public String probeQuery() {
        return "SELECT 1 FROM " + TABLE + " LIMIT 1";
    }

    @Override
    public String writeStatement() {
        return "INSERT INTO " + TABLE + " DEFAULT VALUES RETURNING written_at";
    }

    @Override
    public String countWrites() {
        return "SELECT count(*) - 1 FROM " + TABLE;
    }

    @Override
    public String describe() {
        return "the dump " + file;
    }
}
