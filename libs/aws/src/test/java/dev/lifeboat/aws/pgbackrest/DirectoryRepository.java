package dev.lifeboat.aws.pgbackrest;

import dev.lifeboat.contract.error.BackupUnusableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A repository in a directory. */
final class DirectoryRepository implements RepositoryFiles {
    private final Path root;

    DirectoryRepository(Path root) {
        this.root = root;
    }

    @Override
    public String name() {
        return root.toString();
    }

    @Override
    public List<StoredFile> list(String folder) {
        Path directory = root.resolve(folder);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().map(this::stored).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StoredFile stored(Path file) {
        try {
            return new StoredFile(
                    root.relativize(file).toString(),
                    Files.size(file),
                    Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<StoredFile> find(String path) {
        return Optional.of(root.resolve(path)).filter(Files::isRegularFile).map(this::stored);
    }

    @Override
    public List<String> folders(String folder) {
        if (!Files.isDirectory(root.resolve(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<byte[]> read(String path, int atMost) {
        try {
            Path file = root.resolve(path);
            return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream open(String path) {
        try {
            return Files.newInputStream(root.resolve(path));
        } catch (IOException e) {
            throw new BackupUnusableException("There is no " + path + ".", "Look for it.", e);
        }
    }
}
