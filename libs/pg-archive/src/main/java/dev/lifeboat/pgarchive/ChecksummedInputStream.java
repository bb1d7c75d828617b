package dev.lifeboat.pgarchive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Takes the SHA-256 of all bytes that are read through it, and of each part of them, in one pass. Skipped bytes count as
 * read; {@code mark} is not supported. Not thread-safe.
 */
public final class ChecksummedInputStream extends FilterInputStream {
    private static final int SKIP_BUFFER = 1 << 16;

    private final long partSize;
    private final MessageDigest whole = sha256Digest();
    private final MessageDigest part = sha256Digest();
    private final List<String> finishedParts = new ArrayList<>();
    private long count;
    private long inPart;

    /**
     * @param in closed with this stream
     * @param partSize bytes of every part but the last, 1 or more
     */
    public ChecksummedInputStream(InputStream in, long partSize) {
        super(in);
        if (partSize < 1) {
            throw new IllegalArgumentException("partSize is " + partSize + ", expected 1 or more");
        }
        this.partSize = partSize;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int got = in.read(buffer, offset, length);
        if (got > 0) {
            count += got;
            whole.update(buffer, offset, got);
            updateParts(buffer, offset, got);
        }
        return got;
    }

    private void updateParts(byte[] buffer, int offset, int length) {
        int done = 0;
        while (done < length) {
            int step = (int) Math.min(length - done, partSize - inPart);
            part.update(buffer, offset + done, step);
            done += step;
            inPart += step;
            if (inPart == partSize) {
                finishedParts.add(HexFormat.of().formatHex(part.digest()));
                inPart = 0;
            }
        }
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[(int) Math.max(0, Math.min(SKIP_BUFFER, count))];
        long skipped = 0;
        while (skipped < count) {
            int got = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            if (got < 0) {
                break;
            }
            skipped += got;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public synchronized void mark(int limit) {
        // A second reading of the same bytes would be counted twice.
    }

    @Override
    public synchronized void reset() throws IOException {
        throw new IOException("mark and reset are not supported");
    }

    /** SHA-256 of the bytes read so far, 64 lower-case hexadecimal digits. */
    public String sha256() {
        return soFar(whole);
    }

    /**
     * SHA-256 of each part of the bytes read so far, the last one as far as it was read. No bytes have no parts, which is how
     * {@code split} of the backup script sees them.
     */
    public List<String> partSha256() {
        List<String> parts = new ArrayList<>(finishedParts);
        if (inPart > 0) {
            parts.add(soFar(part));
        }
        return List.copyOf(parts);
    }

    /** Bytes read so far. */
    public long count() {
        return count;
    }

    private static String soFar(MessageDigest digest) {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
