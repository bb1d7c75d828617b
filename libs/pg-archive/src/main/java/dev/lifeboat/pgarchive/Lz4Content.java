package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * One LZ4 frame (lz4_Frame_format.md of the LZ4 project), cut into chunks anywhere. Whatever checksums the frame has are checked, it must
 * end before the chunks do, and no byte may follow it. Takes up to 8 MB, as much as the largest blocks need.
 */
final class Lz4Content extends BlockContent {
    private static final int MAGIC = 0x184D2204;
    /** How far back a match may begin. */
    private static final int WINDOW = 1 << 16;

    private static final int UNCOMPRESSED = 1 << 31;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int[] BLOCK_BYTES = {0, 0, 0, 0, 1 << 16, 1 << 18, 1 << 20, 1 << 22};

    private final ArchiveInput in;
    private final XxHash32 contentSum = new XxHash32();
    private final byte[] field = new byte[8];
    private byte[] block = new byte[0];
    // [history, ready) is decompressed, [next, ready) is for the caller.
    private byte[] content = new byte[0];
    private int history;
    private int next;
    private int ready;
    private int flags;
    private int blockBytes;
    private boolean begun;
    private boolean ended;

    Lz4Content(Chunks chunks, ArchiveInput in) {
        super(chunks);
        this.in = in;
    }

    @Override
    void restart() {
        super.restart();
        begun = false;
        ended = false;
        next = 0;
        ready = 0;
        history = 0;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!begun) {
            begin();
        }
        while (next == ready) {
            if (ended) {
                return -1;
            }
            nextBlock();
        }
        int step = Math.min(length, ready - next);
        System.arraycopy(content, next, target, offset, step);
        next += step;
        return step;
    }

    private void begin() throws IOException {
        if (readInt() != MAGIC) {
            throw broken("it does not begin with the magic number of an LZ4 frame");
        }
        XxHash32 sum = new XxHash32();
        fill(field, 2);
        sum.update(field, 0, 2);
        flags = field[0];
        int descriptor = field[1];
        if ((flags & 0xC3) != 0x40 || (descriptor & 0x8F) != 0 || BLOCK_BYTES[descriptor >> 4] == 0) {
            throw broken("its frame has flags that no version of pg_dump sets");
        }
        blockBytes = BLOCK_BYTES[descriptor >> 4];
        if (has(3)) {
            fill(field, 8); // the content's size, which its own end proves
            sum.update(field, 0, 8);
        }
        fill(field, 1);
        if ((field[0] & 0xff) != ((sum.value() >>> 8) & 0xff)) {
            throw broken("the checksum of its frame's header is wrong");
        }
        if (block.length < blockBytes) {
            block = new byte[blockBytes];
            content = new byte[WINDOW + blockBytes];
        }
        contentSum.reset();
        begun = true;
    }

    private boolean has(int flag) {
        return ((flags >> flag) & 1) == 1;
    }

    private void nextBlock() throws IOException {
        int header = readInt();
        if (header == 0) {
            end();
            return;
        }
        int size = header & ~UNCOMPRESSED;
        if (size == 0 || size > blockBytes) {
            throw broken("a block of its frame has " + size + " bytes, expected 1 to " + blockBytes);
        }
        fill(block, size);
        if (has(4)) {
            requireSum(sumOf(block, size), "a block");
        }
        makeRoom();
        ready = header < 0 ? store(size) : decompress(size);
        if (has(2)) {
            contentSum.update(content, next, ready - next);
        }
    }

    /** Keeps what matches may refer to: nothing where blocks are independent. */
    private void makeRoom() {
        int kept = has(5) ? 0 : Math.min(WINDOW, ready - history);
        if (content.length - ready < blockBytes) {
            System.arraycopy(content, ready - kept, content, 0, kept);
            ready = kept;
        }
        history = ready - kept;
        next = ready;
    }

    private int store(int size) {
        System.arraycopy(block, 0, content, ready, size);
        return ready + size;
    }

    private int decompress(int size) {
        try {
            return new Lz4Block(block, size, content, history, ready, ready + blockBytes).decompress();
        } catch (Lz4Block.BrokenBlock e) {
            ArchiveException fault = broken("a block of its LZ4 frame is broken: " + e.getMessage());
            fault.initCause(e);
            throw fault;
        }
    }

    private void end() throws IOException {
        if (has(2)) {
            requireSum(contentSum.value(), "its content");
        }
        if (chunks().read() >= 0) {
            throw broken("bytes follow the end of its LZ4 frame");
        }
        ended = true;
    }

    private static int sumOf(byte[] bytes, int count) {
        XxHash32 sum = new XxHash32();
        sum.update(bytes, 0, count);
        return sum.value();
    }

    private void requireSum(int found, String of) throws IOException {
        if (readInt() != found) {
            throw broken("the checksum of " + of + " in its LZ4 frame is wrong");
        }
    }

    private int readInt() throws IOException {
        fill(field, 4);
        return (int) INT.get(field, 0);
    }

    private void fill(byte[] target, int count) throws IOException {
        if (chunks().readNBytes(target, 0, count) < count) {
            throw broken("its LZ4 frame does not end before its data do");
        }
    }

    private ArchiveException broken(String why) {
        return in.corruptContent(why + ".");
    }

    @Override
    void release() {
        block = new byte[0];
        content = new byte[0];
        begun = false;
    }
}
