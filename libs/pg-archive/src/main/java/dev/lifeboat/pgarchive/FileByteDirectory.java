package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A directory of the file system. */
public final class FileByteDirectory implements ByteDirectory {
    private final Path directory;

    /** @param directory looked at only when it is used */
    public FileByteDirectory(Path directory) {
        this.directory = directory;
    }

    @Override
    public String name() {
        return directory.toString();
    }

    @Override
    public Map<String, Long> list() throws IOException {
        Map<String, Long> files = new HashMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, Files::isRegularFile)) {
            for (Path file : found) {
                files.put(file.getFileName().toString(), Files.size(file));
            }
        }
        return files;
    }

    @Override
    public ByteSource open(String file) throws IOException {
        if (file.isEmpty()
                || file.indexOf('/') >= 0
                || !Path.of(file).equals(Path.of(file).getFileName())) {
            throw new IllegalArgumentException("'" + file + "' is no plain file name");
        }
        return new FileByteSource(directory.resolve(file));
    }

    /** Does nothing: files are closed by who opened them. */
    @Override
    public void close() {}
}
