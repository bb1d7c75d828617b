package dev.lifeboat.pgarchive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadAheadInputStreamTest {
    private static final int SOME_BLOCKS = 3_000_001;

    @Test
    void givesTheSameBytesAndThenItsEndAsOftenAsAsked() throws IOException {
        byte[] bytes = randomBytes();
        try (ReadAheadInputStream in = new ReadAheadInputStream(new ByteArrayInputStream(bytes))) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(new byte[1], 0, 1)).isEqualTo(-1);
        }
    }

    @Test
    void failsAsTheStreamBelowDoesBehindTheBytesThatCameBefore() {
        IOException reset = new IOException("Connection reset");
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(randomBytes()), new BulkInputStream() {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw reset;
            }
        });
        try (ReadAheadInputStream in = new ReadAheadInputStream(broken)) {
            assertThatThrownBy(in::readAllBytes).isSameAs(reset);
        }
    }

    @Test
    void readsNothingMoreOnceItIsClosed() throws IOException, InterruptedException {
        AtomicInteger reads = new AtomicInteger();
        InputStream endless = new BulkInputStream() {
            @Override
            public int read(byte[] target, int offset, int length) {
                reads.incrementAndGet();
                return length;
            }
        };
        ReadAheadInputStream in = new ReadAheadInputStream(endless);
        in.read();
        in.close();
        int atClose = reads.get();
        TimeUnit.MILLISECONDS.sleep(20);
        assertThat(reads).hasValue(atClose);
    }

    private static byte[] randomBytes() {
        byte[] bytes = new byte[SOME_BLOCKS];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
