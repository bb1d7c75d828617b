package dev.lifeboat.pgarchive;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Zstandard frames (RFC 8878), cut into chunks anywhere. Frames that want a window of more than 8 MB, which pg_dump makes with
 * {@code long} alone, are refused by the library, and so no input makes it take more.
 */
final class ZstdContent extends BlockContent {
    private final ArchiveInput in;
    private Compressed compressed;
    private InputStream content;

    ZstdContent(ChunkInputStream chunks, ArchiveInput in) {
        super(chunks);
        this.in = in;
        begin();
    }

    @Override
    void restart() {
        super.restart();
        begin();
    }

    private void begin() {
        compressed = new Compressed(chunks());
        content = new ZstdInputStream(compressed);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
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

    /** Tells a fault of the archive's storage from one that the decompressor finds. */
    private static final class Compressed extends FilterInputStream {
        private IOException failure;
        private boolean empty = true;

        Compressed(InputStream chunks) {
            super(chunks);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                int got = super.read(target, offset, length);
                empty &= got <= 0;
                return got;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
