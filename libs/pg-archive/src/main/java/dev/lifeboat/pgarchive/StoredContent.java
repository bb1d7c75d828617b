package dev.lifeboat.pgarchive;

import java.io.IOException;

/** Content that is not compressed. */
final class StoredContent extends BlockContent {
    StoredContent(Chunks chunks) {
        super(chunks);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return chunks().read(target, offset, length);
    }
}
