package dev.lifeboat.local.cli;

import dev.lifeboat.pgarchive.ArchiveException;
import dev.lifeboat.pgrestore.MissingRoles;
import dev.lifeboat.pgrestore.RestoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code lifeboat restore ARCHIVE --into DATABASE}: what pg_restore does, and the proof that it is all there. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Restores a dump of pg_dump's (custom, directory or plain format, .sql.gz too) into a new database, and compares every table with "
                    + "the dump.",
            "",
            "The dump is verified first. The database is built under another name, and gets its own when every table's rows "
                    + "and fingerprint are what the dump holds: one that exists already is never touched. Whatever ends it, the "
                    + "same command goes on where it stopped; --abandon drops what it had made. Nothing else stays on the "
                    + "server. The role must be a superuser; its password is taken from PGPASSWORD or ~/.pgpass.",
            "Exit codes: 0 restored and compared, 1 the dump is damaged or the database is not what it holds, 2 the command "
                    + "line is wrong, 3 the server or a file is out of reach or refuses."
        })
final class RestoreCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ARCHIVE", description = "The dump: a file, or a directory.")
    private Path archive;

    @Option(names = "--into", paramLabel = "DATABASE", required = true, description = "The new database's name.")
    private String database;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "${env:PGHOST:-localhost}",
            description = "Where PostgreSQL is (default: PGHOST, or localhost).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:PGPORT:-5432}",
            description = "Its port (default: PGPORT, or 5432).")
    private int port;

    @Option(
            names = "--user",
            paramLabel = "ROLE",
            defaultValue = "${env:PGUSER:-postgres}",
            description = "A superuser (default: PGUSER, or postgres).")
    private String user;

    @Option(
            names = "--globals",
            paramLabel = "FILE",
            description = "Output of pg_dumpall --globals-only: roles that the server lacks are made from it.")
    private Path globals;

    @Option(
            names = "--missing-roles",
            paramLabel = "WHAT",
            defaultValue = "refuse",
            converter = MissingRolesConverter.class,
            description = {
                "When the server lacks roles, also after --globals: refuse names them and builds nothing; leave-out leaves out what "
                        + "they own and may do, as pg_restore's --no-owner and --no-privileges do for all roles, and lists it "
                        + "(default: ${DEFAULT-VALUE})."
            })
    private MissingRoles missingRoles;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "How many connections load rows and build indexes, 1 to 64; a plain dump is replayed over one, in its own order "
                            + "(default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(names = "--abandon", description = "Drops what an interrupted restore into DATABASE left, and ends.")
    private boolean abandon;

    @Option(names = "--plain", description = "Plain lines in place of live progress, also on a terminal.")
    private boolean plain;

    @Spec
    private CommandSpec spec;

    /** The words that a target's setting has, too. */
    private static final class MissingRolesConverter implements ITypeConverter<MissingRoles> {
        @Override
        public MissingRoles convert(String word) {
            return switch (word) {
                case "refuse" -> MissingRoles.REFUSE;
                case "leave-out" -> MissingRoles.LEAVE_OUT;
                default -> throw new TypeConversionException("'" + word + "' is neither refuse nor leave-out");
            };
        }
    }

    @Override
    public Integer call() {
        check();
        PostgresServer server = new PostgresServer(host, port, user, System.getenv("PGPASSWORD"));
        // Set by the launcher, which can ask the terminal; the JVM can't, on every version.
        boolean live = !plain && Boolean.getBoolean("lifeboat.terminal");
        try (RestoreDisplay display = new RestoreDisplay(spec.commandLine().getOut(), live)) {
            RestoreRun run = new RestoreRun(server, archive, database, missingRoles, display);
            if (abandon) {
                run.abandon();
                return 0;
            }
            return run.restore(globals(), jobs) ? 0 : Lifeboat.FAILED;
        } catch (RestoreException e) {
            return report(e.getMessage(), exitCode(e.kind()));
        } catch (ArchiveException e) {
            return report(e.getMessage(), Lifeboat.FAILED);
        } catch (IOException e) {
            throw new UnableException(
                    "Cannot read '" + archive + "': " + e.getMessage() + ".", "Check the file and its permissions.", e);
        }
    }

    private void check() {
        require(jobs >= 1 && jobs <= 64, "--jobs must be from 1 to 64");
        int bytes = database.getBytes(StandardCharsets.UTF_8).length;
        require(bytes >= 1 && bytes <= 63, "--into must be a name of 1 to 63 bytes");
        require(!host.startsWith("/"), "--host must be a name or an address: Java speaks TCP, no Unix socket");
        if (!abandon && !Files.exists(archive.resolve("toc.dat"))) {
            DumpFile.require(archive);
        }
        if (globals != null) {
            DumpFile.require(globals);
        }
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private String globals() {
        try {
            return globals == null ? "" : Files.readString(globals);
        } catch (IOException e) {
            throw new UnableException(
                    "Cannot read '" + globals + "': " + e.getMessage() + ".", "Name the output of pg_dumpall.", e);
        }
    }

    private int report(String message, int exitCode) {
        spec.commandLine().getErr().println("lifeboat: " + message);
        spec.commandLine().getErr().flush();
        return exitCode;
    }

    private static int exitCode(RestoreException.Kind kind) {
        return switch (kind) {
            case CHECK_FAILED, UNUSABLE_ARCHIVE -> Lifeboat.FAILED;
            case UNAVAILABLE, REFUSED, FENCED -> Lifeboat.UNABLE;
        };
    }
}
