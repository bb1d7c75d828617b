package dev.lifeboat.local.drill;

import dev.lifeboat.contract.backup.BackupObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Flips one bit of an object where it lies on the S3 server's disk: its version, size and metadata stay as they were. */
final class BitRot {
    private BitRot() {}

    /**
     * @param storage where the server keeps its files
     * @return the byte whose lowest bit is flipped, the one in the middle
     */
    static long flip(Path storage, BackupObject object) {
        try {
            List<Path> candidates;
            try (Stream<Path> tree = Files.walk(storage)) {
                candidates = tree.filter(Files::isRegularFile)
                        .filter(file -> file.toFile().length() == object.size())
                        .toList();
            }
            for (Path file : candidates) {
                if (sha256(file).equals(object.sha256())) {
                    return flip(file, object.size() / 2);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot find " + object.key() + " below " + storage, e);
        }
        throw new DrillFailure("There is no file of the S3 server with the content of " + object.key() + ".");
    }

    private static long flip(Path file, long at) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(at);
            int value = access.read();
            access.seek(at);
            access.write(value ^ 1);
            return at;
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
