package dev.lifeboat.pgarchive;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The fingerprint as its documentation describes it, written for clarity: whole lines, big integers. */
final class ReferenceFingerprint {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

    private ReferenceFingerprint() {}

    static String of(Iterable<byte[]> lines) {
        BigInteger sum = BigInteger.ZERO;
        for (byte[] line : lines) {
            sum = sum.add(new BigInteger(1, murmur3(line, RowFingerprint.SEED))).mod(MODULUS);
        }
        return String.format("%032x", sum);
    }

    /** MurmurHash3_x64_128 of SMHasher: 16 bytes, h1 then h2, each with its most significant byte first. */
    static byte[] murmur3(byte[] key, long seed) {
        long c1 = 0x87c37b91114253d5L;
        long c2 = 0x4cf5ad432745937fL;
        long h1 = seed;
        long h2 = seed;
        int blocks = key.length / 16;
        ByteBuffer padded =
                ByteBuffer.wrap(Arrays.copyOf(key, (blocks + 1) * 16)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < blocks; i++) {
            h1 ^= Long.rotateLeft(padded.getLong() * c1, 31) * c2;
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= Long.rotateLeft(padded.getLong() * c2, 33) * c1;
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        h1 ^= Long.rotateLeft(padded.getLong() * c1, 31) * c2;
        h2 ^= Long.rotateLeft(padded.getLong() * c2, 33) * c1;
        h1 ^= key.length;
        h2 ^= key.length;
        h1 += h2;
        h2 += h1;
        h1 = mix(h1);
        h2 = mix(h2);
        h1 += h2;
        h2 += h1;
        return ByteBuffer.allocate(16).putLong(h1).putLong(h2).array();
    }

    private static long mix(long value) {
        long k = value;
        k ^= k >>> 33;
        k *= 0xff51afd7ed558ccdL;
        k ^= k >>> 33;
        k *= 0xc4ceb9fe1a85ec53L;
        return k ^ (k >>> 33);
    }
}
