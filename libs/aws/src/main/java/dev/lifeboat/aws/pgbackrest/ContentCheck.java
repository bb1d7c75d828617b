package dev.lifeboat.aws.pgbackrest;

import dev.lifeboat.pgarchive.ArchiveException;
import dev.lifeboat.pgarchive.CompressedStream;
import dev.lifeboat.pgarchive.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Decrypts and decompresses a stored file, and says what its content is. */
final class ContentCheck {
    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * What a file holds.
     *
     * @param sha1 of all of it
     * @param size in bytes
     * @param head its first bytes, as many as were asked for where there are so many
     */
    record Content(String sha1, long size, ByteBuffer head) {}

    private final Decryption decryption;

    ContentCheck(Decryption decryption) {
        this.decryption = decryption;
    }

    /**
     * @param stored read to its end and left open
     * @param raw as {@link Decryption#open} takes it
     * @param headBytes how many of the first bytes to keep
     * @throws IOException saying why it cannot be read, as the end of a sentence; a fault of the storage is no such exception
     */
    Content read(InputStream stored, String name, Compression compression, boolean raw, int headBytes)
            throws IOException {
        InputStream content = CompressedStream.open(compression, name, decryption.open(stored, raw));
        MessageDigest sha1 = InfoFile.sha1();
        byte[] buffer = new byte[BUFFER_BYTES];
        byte[] head = new byte[0];
        long size = 0;
        try {
            for (int got = content.read(buffer); got >= 0; got = content.read(buffer)) {
                if (head.length < headBytes) {
                    int at = head.length;
                    int more = Math.min(got, headBytes - at);
                    head = Arrays.copyOf(head, at + more);
                    System.arraycopy(buffer, 0, head, at, more);
                }
                sha1.update(buffer, 0, got);
                size += got;
            }
        } catch (ArchiveException e) {
            throw new IOException(plain(e), e);
        } catch (IOException e) {
            throw new IOException("it cannot be decrypted to its end: " + e.getMessage(), e);
        }
        return new Content(HexFormat.of().formatHex(sha1.digest()), size, ByteBuffer.wrap(head));
    }

    /** Without the hint, which speaks of pg_dump. */
    private static String plain(ArchiveException fault) {
        String message = fault.getMessage();
        int hint = message.indexOf(" HINT: ");
        String what = hint < 0 ? message : message.substring(0, hint);
        int colon = what.indexOf("): ");
        return (colon < 0 ? what : what.substring(colon + 3)).replaceAll("\\.$", "");
    }
}
