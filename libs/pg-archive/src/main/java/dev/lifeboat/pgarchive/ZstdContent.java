package dev.lifeboat.pgarchive;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Zstandard frames (RFC 8878), cut into chunks anywhere. Frames that want a window of more than 8 MB, which pg_dump makes at levels from
 * 20 on and with {@code long}, are beyond the library, and no input makes it take more: they are unsupported, not corrupt.
 */
final class ZstdContent extends BlockContent {
    private static final int LARGEST_WINDOW = 8 << 20;
    /** The magic number, the descriptor, and the window's descriptor where the frame is not a single segment. */
    private static final int HEAD_BYTES = 6;

    private static final int SINGLE_SEGMENT = 0x20;

    private final ArchiveInput in;
    private Compressed compressed;
    private InputStream content;

    ZstdContent(Chunks chunks, ArchiveInput in) {
        super(chunks);
        this.in = in;
    }

    @Override
    void restart() {
        super.restart();
        content = null;
    }

    private void begin() throws IOException {
        byte[] head = chunks().readNBytes(HEAD_BYTES);
        requireWindow(head);
        // Not a SequenceInputStream, which closes what it has read to its end: the chunks' archive is read on.
        compressed = new Compressed(head, chunks());
        content = new ZstdInputStream(compressed);
    }

    private void requireWindow(byte[] head) {
        if (head.length == HEAD_BYTES && (head[4] & SINGLE_SEGMENT) == 0) {
            int descriptor = head[5] & 0xff;
            long base = 1L << (10 + (descriptor >> 3));
            long window = base + base / 8 * (descriptor & 7);
            if (window > LARGEST_WINDOW) {
                throw in.unsupported(
                        "its Zstandard data want a window of " + window + " bytes, expected at most " + LARGEST_WINDOW
                                + ".",
                        "Dump with pg_dump --compress=zstd, at a level below 20 and without 'long'.");
            }
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (content == null) {
            begin();
        }
        int got;
        try {
            got = content.read(target, offset, length);
        } catch (IOException e) {
            if (compressed.failure == e) {
                throw e;
            }
            throw broken(e.getMessage(), e);
        } catch (ArchiveException e) {
            throw e;
        } catch (RuntimeException e) {
            throw broken(e.getMessage(), e);
        }
        if (got < 0 && compressed.empty) {
            throw in.corruptContent("it holds no Zstandard frame.");
        }
        return got;
    }

    private ArchiveException broken(String why, Exception cause) {
        ArchiveException fault = in.corruptContent("its Zstandard frame is broken: " + why + ".");
        fault.initCause(cause);
        return fault;
    }

    /** The head that was looked at and the chunks behind it; tells a fault of the archive's storage from one that the decompressor finds. */
    private static final class Compressed extends BulkInputStream {
        private final InputStream head;
        private final InputStream chunks;
        private IOException failure;
        private boolean empty = true;

        Compressed(byte[] head, InputStream chunks) {
            this.head = new ByteArrayInputStream(head);
            this.chunks = chunks;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                int got = head.read(target, offset, length);
                if (got < 0) {
                    got = chunks.read(target, offset, length);
                }
                empty &= got <= 0;
                return got;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
