package dev.lifeboat.local.cli;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.pgarchive.ArchiveVerification;
import dev.lifeboat.pgarchive.ArchiveVerifier;
import dev.lifeboat.pgarchive.ChecksummedInputStream;
import dev.lifeboat.pgarchive.FileByteDirectory;
import dev.lifeboat.pgarchive.FileByteSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lifeboat verify FILE}: reads a dump to its end and says what is in it. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Verifies a dump of pg_dump's (custom, directory or plain format, .sql.gz too) from disk and prints what is in it.",
            "",
            "One pass, in constant memory: every entry, every block, every row. Without --manifest it finds what can be "
                    + "told from the archive alone; with it, any change of any byte.",
            "Exit codes: 0 sound, 1 damaged or not what the manifest says, 2 the command line is wrong, 3 not a file "
                    + "that can be read."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int BUFFER = 1 << 18;

    @Parameters(index = "0", paramLabel = "DUMP", description = "The dump: a file, or a directory.")
    private Path file;

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description = "The backup's manifest: compares size, SHA-256 of the whole and of each part, and rows.")
    private Path manifest;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (Files.isDirectory(file)) {
            return verifyDirectory();
        }
        DumpFile.require(file);
        BackupManifest expected = manifest == null ? null : manifest(manifest);
        long partSize =
                expected == null ? BackupObject.PART_SIZE : expected.dump().partSize();
        try (FileByteSource source = new FileByteSource(file);
                ChecksummedInputStream in = new ChecksummedInputStream(open(), partSize)) {
            ArchiveVerification verification = DumpFile.format(file).verify(source, in, ArchiveVerifier.Observer.NONE);
            return print(new DumpReport(file, verification, in.sha256(), in.partSha256(), expected));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private int verifyDirectory() {
        if (manifest != null) {
            throw new ParameterException(
                    spec.commandLine(), "--manifest is of a dump that is one file, and '" + file + "' is a directory");
        }
        if (!Files.exists(file.resolve("toc.dat"))) {
            throw new UnableException(
                    "'" + file + "' has no file 'toc.dat': it is no dump in directory format.",
                    "Name the dump itself.");
        }
        try (FileByteDirectory directory = new FileByteDirectory(file)) {
            ArchiveVerification verification = ArchiveVerifier.verify(directory, ArchiveVerifier.Observer.NONE);
            return print(new DumpReport(file, verification, null, List.of(), null));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private int print(DumpReport report) {
        PrintWriter out = spec.commandLine().getOut();
        report.print(out);
        out.flush();
        return report.problems().isEmpty() ? 0 : Lifeboat.FAILED;
    }

    private UnableException unreadable(IOException fault) {
        return new UnableException(
                "Cannot read '" + file + "': " + fault.getMessage() + ".",
                "Check the file and its permissions.",
                fault);
    }

    private InputStream open() throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), BUFFER);
    }

    private static BackupManifest manifest(Path file) {
        DumpFile.require(file);
        try {
            return Json.read("the manifest '" + file + "'", Files.readAllBytes(file), BackupManifest.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the manifest " + file, e);
        }
    }
}
