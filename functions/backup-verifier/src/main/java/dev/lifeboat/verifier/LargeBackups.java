package dev.lifeboat.verifier;

import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.lambda.AwsFaults;
import dev.lifeboat.pgarchive.DumpFormat;
import dev.lifeboat.verifier.VerifierResult.Large;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/** Tells which backups are too large to be verified by one function in its time, and starts the machine for them. */
final class LargeBackups {
    /**
     * The machine's input.
     *
     * @param manifestKey the manifest's key
     * @param compareWithPrevious as in {@link VerifyRequest}
     */
    private record Input(String manifestKey, boolean compareWithPrevious) {}

    /** StartExecution's limit. */
    private static final int LONGEST_NAME = 80;
    /** 128 bits. */
    private static final int DIGEST_CHARACTERS = 32;

    private final Supplier<SfnClient> sfn;
    private final String machine;
    private final long moreThanBytes;
    private final Clock clock;

    LargeBackups(Supplier<SfnClient> sfn, String machine, long moreThanBytes, Clock clock) {
        this.sfn = sfn;
        this.machine = machine;
        this.moreThanBytes = moreThanBytes;
        this.clock = clock;
    }

    boolean contain(CatalogueEntry entry) {
        if (entry.manifest() == null) {
            return false;
        }
        BackupObject dump = entry.manifest().dump();
        return dump.size() > moreThanBytes && DumpFormat.of(dump.key()) == DumpFormat.ARCHIVE;
    }

    /** Not started by whoever starts it itself. */
    static Large leave(CatalogueEntry entry) {
        return new Large(entry.manifestKey(), entry.manifest().dump().size(), null);
    }

    /** What it is of comes first, and as much of it as there is room for: the end tells executions apart. */
    private static String executionName(String prefix, String suffix) {
        return prefix.substring(0, Math.min(prefix.length(), LONGEST_NAME - suffix.length())) + suffix;
    }

    /** Of this version of this manifest: two that had the same would be taken for one, and the second never be verified. */
    private static String digest(CatalogueEntry entry) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((entry.manifestKey() + "\n" + entry.manifestVersionId()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGEST_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** @param event whether an event speaks of the manifest, which may come twice: then the machine is started once for it */
    Large start(CatalogueEntry entry, boolean compareWithPrevious, boolean event) {
        String suffix = event ? digest(entry) : String.valueOf(clock.millis());
        String name = executionName(entry.backupId().replace('/', '-'), "-" + suffix);
        String input = Json.compact(new Input(entry.manifestKey(), compareWithPrevious));
        try {
            String execution = sfn.get()
                    .startExecution(r -> r.stateMachineArn(machine).name(name).input(input))
                    .executionArn();
            return new Large(entry.manifestKey(), entry.manifest().dump().size(), execution);
        } catch (ExecutionAlreadyExistsException e) {
            return leave(entry);
        } catch (SdkException e) {
            throw AwsFaults.translate("start an execution of " + machine, e);
        }
    }
}
