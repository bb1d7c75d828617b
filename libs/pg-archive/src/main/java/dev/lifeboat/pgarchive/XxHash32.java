package dev.lifeboat.pgarchive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The checksum of LZ4 frames: XXH32 with seed 0 (xxhash_spec.md of the xxHash project). */
final class XxHash32 {
    private static final int PRIME_1 = 0x9E3779B1;
    private static final int PRIME_2 = 0x85EBCA77;
    private static final int PRIME_3 = 0xC2B2AE3D;
    private static final int PRIME_4 = 0x27D4EB2F;
    private static final int PRIME_5 = 0x165667B1;
    private static final int STRIPE = 16;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final int[] lanes = new int[4];
    private final byte[] stripe = new byte[STRIPE];
    private int waiting;
    private long length;

    XxHash32() {
        reset();
    }

    void reset() {
        lanes[0] = 0x24234428; // PRIME_1 + PRIME_2, which overflows
        lanes[1] = PRIME_2;
        lanes[2] = 0;
        lanes[3] = -PRIME_1;
        waiting = 0;
        length = 0;
    }

    void update(byte[] bytes, int offset, int count) {
        length += count;
        int from = offset;
        int left = count;
        while (left > 0) {
            int step = Math.min(left, STRIPE - waiting);
            System.arraycopy(bytes, from, stripe, waiting, step);
            waiting += step;
            from += step;
            left -= step;
            if (waiting == STRIPE) {
                for (int lane = 0; lane < lanes.length; lane++) {
                    lanes[lane] = round(lanes[lane], word(lane * 4));
                }
                waiting = 0;
            }
        }
    }

    int value() {
        int hash = length < STRIPE
                ? PRIME_5
                : Integer.rotateLeft(lanes[0], 1)
                        + Integer.rotateLeft(lanes[1], 7)
                        + Integer.rotateLeft(lanes[2], 12)
                        + Integer.rotateLeft(lanes[3], 18);
        hash += (int) length;
        int at = 0;
        for (; at + 4 <= waiting; at += 4) {
            hash = Integer.rotateLeft(hash + word(at) * PRIME_3, 17) * PRIME_4;
        }
        for (; at < waiting; at++) {
            hash = Integer.rotateLeft(hash + (stripe[at] & 0xff) * PRIME_5, 11) * PRIME_1;
        }
        hash = (hash ^ (hash >>> 15)) * PRIME_2;
        hash = (hash ^ (hash >>> 13)) * PRIME_3;
        return hash ^ (hash >>> 16);
    }

    private static int round(int lane, int word) {
        return Integer.rotateLeft(lane + word * PRIME_2, 13) * PRIME_1;
    }

    private int word(int at) {
        return (int) INT.get(stripe, at);
    }
}
