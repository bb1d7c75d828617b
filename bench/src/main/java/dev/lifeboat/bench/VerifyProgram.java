package dev.lifeboat.bench;

import dev.lifeboat.aws.S3ByteSource;
import dev.lifeboat.pgarchive.ArchiveVerification;
import dev.lifeboat.pgarchive.ArchiveVerifier;
import dev.lifeboat.pgarchive.ChecksummedInputStream;
import java.io.IOException;
import java.net.URI;

/** Verifies an archive in S3 as the function BackupVerifier does: SHA-256 of it and of its parts, structure, rows. */
final class VerifyProgram {
    private static final long PART_BYTES = 64L << 20;

    private VerifyProgram() {}

    /** @param arguments the S3 endpoint, the archive's key, its SHA-256 */
    public static void main(String[] arguments) throws IOException {
        Step step = new Step();
        try (Store store = new Store(URI.create(arguments[0]));
                S3ByteSource source = store.source(arguments[1]);
                ChecksummedInputStream bytes =
                        new ChecksummedInputStream(source.open(0, source.length()), PART_BYTES)) {
            ArchiveVerification found = ArchiveVerifier.verify(source, bytes, ArchiveVerifier.Observer.NONE);
            if (!found.problems().isEmpty() || !bytes.sha256().equals(arguments[2])) {
                throw new IllegalStateException("Not verified: " + found.problems() + ", SHA-256 " + bytes.sha256()
                        + ", expected " + arguments[2]);
            }
            step.total("work");
            Step.tell("parts", bytes.partSha256().size());
            HeapPeak.tell();
        }
    }
}
