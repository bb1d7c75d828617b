package dev.lifeboat.pgarchive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The number of rows in COPY text, and a fingerprint of them that depends neither on their order nor on how the text was
 * cut into pieces.
 *
 * <p>The fingerprint is the sum, modulo 2^128, of the hash of each line without its line feed. The hash is MurmurHash3_x64_128
 * (Austin Appleby, SMHasher) with the seed {@value #SEED}, read as the number {@code h1 * 2^64 + h2}. A sum and not a XOR: two
 * equal rows would cancel each other out. A seed other than 0: an empty line would hash to 0. MurmurHash3, because it is
 * well tested, easy to write down in any language, and faster than decompression; it need not withstand an attacker,
 * who is kept out by the SHA-256 of the whole archive. By chance two different sets of n rows agree with
 * probability 2^-128, whatever n is.
 *
 * <p>The line {@code \.} ends the rows: no row can look like it, because COPY doubles a backslash in data. It is not counted.
 *
 * <p>Not thread-safe.
 */
public final class RowFingerprint {
    /** Of MurmurHash3. */
    static final long SEED = 0x4c69_6665;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK = 16;
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;
    private static final long LINE_FEEDS = 0x0a0a0a0a0a0a0a0aL;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    /** The line {@code \.}: its two bytes. */
    private static final long TERMINATOR = '\\' | '.' << 8;

    // The line that the text so far ends in: its whole blocks are in h1 and h2, the rest is in tail.
    private long h1 = SEED;
    private long h2 = SEED;
    private long hashed;
    private final byte[] tail = new byte[BLOCK];
    private int tailLength;

    private long rows;
    private boolean terminated;
    private boolean trailing;
    private long sumHigh;
    private long sumLow;

    /** Takes a further piece of COPY text, cut anywhere. */
    public void update(byte[] copyText, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, copyText.length);
        int end = offset + length;
        int at = offset;
        while (at < end) {
            at = tailLength == 0 && end - at >= BLOCK ? hashBlocks(copyText, at, end) : fillTail(copyText, at, end);
        }
    }

    /** Complete lines so far. */
    public long rows() {
        return rows;
    }

    /** Whether the text so far ends within a line: that line is neither counted nor part of the value. */
    public boolean insideRow() {
        return hashed + tailLength > 0;
    }

    /** Whether the line came that ends the rows. */
    boolean terminated() {
        return terminated;
    }

    /** Whether anything but line feeds follows the line that ends the rows. */
    boolean trailing() {
        return trailing || (terminated && insideRow());
    }

    /** The fingerprint of the complete lines so far: 32 lower-case hexadecimal digits. */
    public String value() {
        return HexFormat.of().toHexDigits(sumHigh) + HexFormat.of().toHexDigits(sumLow);
    }

    /** Goes through whole blocks: most of the text, without looking at single bytes. Returns where fewer than 16 are left. */
    private int hashBlocks(byte[] text, int from, int end) {
        int at = from;
        int last = end - BLOCK;
        while (at <= last) {
            long k1 = (long) LONGS.get(text, at);
            long k2 = (long) LONGS.get(text, at + Long.BYTES);
            long found1 = lineFeeds(k1);
            long found2 = lineFeeds(k2);
            if ((found1 | found2) == 0) {
                mixBlock(k1, k2);
                at += BLOCK;
            } else if (found1 != 0) {
                int bytes = Long.numberOfTrailingZeros(found1) >>> 3;
                endLine(lowBytes(k1, bytes), 0, bytes);
                at += bytes + 1;
            } else {
                int bytes = Long.numberOfTrailingZeros(found2) >>> 3;
                endLine(k1, lowBytes(k2, bytes), Long.BYTES + bytes);
                at += Long.BYTES + bytes + 1;
            }
        }
        return at;
    }

    /** Collects single bytes up to a block or a line's end. */
    private int fillTail(byte[] text, int from, int end) {
        int at = from;
        while (at < end) {
            byte next = text[at++];
            if (next == '\n') {
                endLine(
                        lowBytes((long) LONGS.get(tail, 0), Math.min(tailLength, Long.BYTES)),
                        lowBytes((long) LONGS.get(tail, Long.BYTES), Math.max(tailLength - Long.BYTES, 0)),
                        tailLength);
                return at;
            }
            tail[tailLength++] = next;
            if (tailLength == BLOCK) {
                mixBlock((long) LONGS.get(tail, 0), (long) LONGS.get(tail, Long.BYTES));
                tailLength = 0;
                return at;
            }
        }
        return at;
    }

    /** A bit in each byte that is a line feed. Bytes above the lowest such one may be wrong; that one never is. */
    private static long lineFeeds(long bytes) {
        long zeros = bytes ^ LINE_FEEDS;
        return (zeros - LOW_BITS) & ~zeros & HIGH_BITS;
    }

    private static long lowBytes(long bytes, int count) {
        return count == Long.BYTES ? bytes : bytes & ((1L << (count << 3)) - 1);
    }

    private void mixBlock(long k1, long k2) {
        long a = h1 ^ scramble1(k1);
        a = (Long.rotateLeft(a, 27) + h2) * 5 + 0x52dce729;
        long b = h2 ^ scramble2(k2);
        h2 = (Long.rotateLeft(b, 31) + a) * 5 + 0x38495ab5;
        h1 = a;
        hashed += BLOCK;
    }

    /** Finishes the line's hash with its last 0 to 15 bytes, and begins the next line. */
    private void endLine(long k1, long k2, int bytes) {
        long length = hashed + bytes;
        if (terminated || (k1 == TERMINATOR && length == 2)) {
            trailing |= terminated && length > 0;
            terminated = true;
        } else {
            addLine(k1, k2, length);
        }
        h1 = SEED;
        h2 = SEED;
        hashed = 0;
        tailLength = 0;
    }

    private void addLine(long k1, long k2, long length) {
        // MurmurHash3 leaves out the halves of the tail that are empty; scrambled, they are 0.
        long a = h1 ^ scramble1(k1) ^ length;
        long b = h2 ^ scramble2(k2) ^ length;
        a += b;
        b += a;
        a = finish(a);
        b = finish(b);
        a += b;
        b += a;
        sumLow += b;
        sumHigh += a + (Long.compareUnsigned(sumLow, b) < 0 ? 1 : 0);
        rows++;
    }

    private static long scramble1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long scramble2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long finish(long hash) {
        long mixed = hash;
        mixed ^= mixed >>> 33;
        mixed *= 0xff51afd7ed558ccdL;
        mixed ^= mixed >>> 33;
        mixed *= 0xc4ceb9fe1a85ec53L;
        mixed ^= mixed >>> 33;
        return mixed;
    }
}
