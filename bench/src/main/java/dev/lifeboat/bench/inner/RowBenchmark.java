package dev.lifeboat.bench.inner;

import dev.lifeboat.pgarchive.RowFingerprint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Over one MiB in memory: operations per second are MiB per second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class RowBenchmark {
    /** Bytes of each row, its line feed included. */
    @Param({"20", "60", "300"})
    public int rowBytes;

    private final byte[] text = new byte[1 << 20];

    /** Rows that differ. */
    @Setup
    public void fill() {
        for (int at = 0, row = 0; at < text.length; row++) {
            byte[] line = (row + "\t" + "x".repeat(rowBytes))
                    .substring(0, rowBytes - 1)
                    .getBytes(StandardCharsets.US_ASCII);
            int length = Math.min(line.length, text.length - at - 1);
            System.arraycopy(line, 0, text, at, length);
            text[at + length] = '\n';
            at += length + 1;
        }
    }

    /** Counting rows and hashing each. */
    @Benchmark
    public String fingerprint() {
        RowFingerprint fingerprint = new RowFingerprint();
        fingerprint.update(text, 0, text.length);
        return fingerprint.value();
    }

    /** The JDK's SHA-256. */
    @Benchmark
    public byte[] sha256() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(text);
    }
}
