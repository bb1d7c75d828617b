package dev.lifeboat.local.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Unpacks each zip once. */
final class FunctionCode {
    private final Path directory;
    private final Map<Path, Path> unpacked = new ConcurrentHashMap<>();

    FunctionCode(Path directory) {
        this.directory = directory;
    }

    /** The directory that stands for /var/task. */
    Path unpacked(Path zip) {
        return unpacked.computeIfAbsent(zip, this::unpack);
    }

    private Path unpack(Path zip) {
        if (!Files.isRegularFile(zip)) {
            throw new IllegalStateException("No function at " + zip + ". HINT: build it: mvn -DskipTests package");
        }
        try {
            Files.createDirectories(directory);
            Path target = Files.createTempDirectory(directory, "task-");
            try (var in = new ZipInputStream(Files.newInputStream(zip))) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    write(in, entry, target);
                }
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack " + zip, e);
        }
    }

    private static void write(ZipInputStream in, ZipEntry entry, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("An entry leads out of the zip: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
        } else {
            Files.createDirectories(file.getParent());
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
