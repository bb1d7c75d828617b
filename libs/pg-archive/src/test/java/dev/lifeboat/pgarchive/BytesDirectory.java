package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A directory in memory that knows what is open. */
class BytesDirectory implements ByteDirectory {
    private final Map<String, byte[]> files;
    private final List<BytesSource> opened = Collections.synchronizedList(new ArrayList<>());
    private boolean closed;

    BytesDirectory(Map<String, byte[]> files) {
        this.files = new TreeMap<>(files);
    }

    /** Those of src/test/resources/dev/lifeboat/pgarchive/versions. */
    static Map<String, byte[]> fixture(String name) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        Path dump = Path.of("src/test/resources/dev/lifeboat/pgarchive/versions", name + ".d");
        try (DirectoryStream<Path> found = Files.newDirectoryStream(dump)) {
            for (Path file : found) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    @Override
    public String name() {
        return "test.d";
    }

    @Override
    public Map<String, Long> list() {
        Map<String, Long> lengths = new TreeMap<>();
        files.forEach((name, bytes) -> lengths.put(name, (long) bytes.length));
        return lengths;
    }

    @Override
    public ByteSource open(String file) throws IOException {
        BytesSource source = new BytesSource(files.get(file));
        opened.add(source);
        return source;
    }

    /** Whether nothing that was opened was left open. */
    boolean allClosed() {
        return opened.stream().allMatch(source -> source.closed() && source.openStreams() == 0);
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
