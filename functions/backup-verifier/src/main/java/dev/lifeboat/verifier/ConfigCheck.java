package dev.lifeboat.verifier;

import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.ConfigBackup;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.pgarchive.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Looks at the configuration beside a dump: whether it is there, is what the manifest says, and can be understood. It holds Secrets:
 * what is found tells no value. Thread-safe.
 */
final class ConfigCheck {
    private final ObjectCheck objects;

    ConfigCheck(ObjectCheck objects) {
        this.objects = objects;
    }

    void check(BackupManifest manifest, Findings findings) {
        BackupObject config = manifest.config();
        if (config == null) {
            findings.warn(missing(manifest));
            return;
        }
        Content content = new Content();
        if (objects.check("The configuration", config, content, findings) != null) {
            parse(config, content, findings);
        }
    }

    /** A backup from before there were any is as good as it was: its database can be restored, a lost cluster's Secrets cannot. */
    private static String missing(BackupManifest manifest) {
        return "Config backup missing: "
                + (manifest.configProblem() == null
                        ? "the backup was made without one (BACKUP_KUBERNETES_ACCOUNT of scripts/aws/backup-postgres.sh)."
                        : manifest.configProblem() + ".");
    }

    private static void parse(BackupObject config, Content content, Findings findings) {
        try {
            ConfigBackup.parse("configuration " + config.key(), content.head);
        } catch (InvalidInputException e) {
            String message = e.getMessage();
            findings.corrupt(message.substring(0, message.indexOf(" HINT: ")));
        }
    }

    /** Keeps what a configuration may have, and one byte more of what is too large. */
    private static final class Content implements ObjectCheck.Reader {
        private byte[] head = {};

        @Override
        public void read(ByteSource source, InputStream bytes) throws IOException {
            head = bytes.readNBytes(ConfigBackup.MAX_BYTES + 1);
            bytes.transferTo(OutputStream.nullOutputStream());
        }
    }
}
