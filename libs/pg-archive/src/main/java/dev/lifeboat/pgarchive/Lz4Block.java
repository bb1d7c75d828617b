package dev.lifeboat.pgarchive;

/**
 * One block of LZ4 (lz4_Block_format.md of the LZ4 project), decompressed behind what came before it, which its matches may refer to:
 * pg_dump's frames link their blocks, and the libraries for Java decompress blocks alone.
 */
final class Lz4Block {
    private static final int SHORTEST_MATCH = 4;
    private static final int LONG = 15;

    private final byte[] source;
    private final int end;
    private final byte[] target;
    private final int history;
    private final int limit;
    private int at;
    private int to;

    /**
     * @param source the block, from 0 to {@code end}
     * @param target decompressed from {@code start}, to {@code limit} at most
     * @param history where in the target matches may begin
     */
    Lz4Block(byte[] source, int end, byte[] target, int history, int start, int limit) {
        this.source = source;
        this.end = end;
        this.target = target;
        this.history = history;
        this.to = start;
        this.limit = limit;
    }

    /**
     * @return the end of what was decompressed
     * @throws BrokenBlock when the block is not what an LZ4 compressor writes
     */
    int decompress() throws BrokenBlock {
        while (true) {
            int token = next();
            literals(length(token >>> 4));
            if (at == end) {
                return to;
            }
            match(next() | (next() << 8), length(token & LONG) + SHORTEST_MATCH);
        }
    }

    private int next() throws BrokenBlock {
        if (at == end) {
            throw new BrokenBlock("a sequence is cut off");
        }
        return source[at++] & 0xff;
    }

    private int length(int begun) throws BrokenBlock {
        int length = begun;
        if (begun == LONG) {
            int more = 255;
            while (more == 255) {
                more = next();
                length += more;
                requireRoom(length);
            }
        }
        return length;
    }

    private void literals(int length) throws BrokenBlock {
        if (length > end - at) {
            throw new BrokenBlock("its literals are cut off");
        }
        requireRoom(length);
        System.arraycopy(source, at, target, to, length);
        at += length;
        to += length;
    }

    private void match(int distance, int length) throws BrokenBlock {
        if (distance == 0 || distance > to - history) {
            throw new BrokenBlock("a match begins before the data");
        }
        requireRoom(length);
        int from = to - distance;
        if (distance >= length) {
            System.arraycopy(target, from, target, to, length);
        } else {
            for (int i = 0; i < length; i++) {
                target[to + i] = target[from + i]; // what it copies it may itself have written
            }
        }
        to += length;
    }

    private void requireRoom(int length) throws BrokenBlock {
        if (length > limit - to) {
            throw new BrokenBlock("it is larger than its frame allows");
        }
    }

    /** Says of a block why it can't be decompressed. */
    static final class BrokenBlock extends Exception {
        BrokenBlock(String why) {
            super(why);
        }
    }
}
