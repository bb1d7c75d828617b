package dev.lifeboat.local.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;

/**
 * Whom PostgreSQL's processes run as: it refuses to run as root, so a runner that is root drops to {@code postgres} or
 * {@code nobody}; any other runner runs them as itself.
 */
final class UnprivilegedUser {
    private final String name;

    private UnprivilegedUser(String name) {
        this.name = name;
    }

    static UnprivilegedUser forThisProcess() {
        if (!System.getProperty("user.name").equals("root")) {
            return new UnprivilegedUser("");
        }
        return new UnprivilegedUser(exists("postgres") ? "postgres" : "nobody");
    }

    private static boolean exists(String user) {
        try {
            lookup().lookupPrincipalByName(user);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static UserPrincipalLookupService lookup() {
        return Path.of("/").getFileSystem().getUserPrincipalLookupService();
    }

    /** What to put before a command; empty when there is nothing to drop. */
    List<String> prefix() {
        return name.isEmpty()
                ? List.of()
                : List.of("setpriv", "--reuid=" + name, "--regid=" + group(), "--init-groups");
    }

    private String group() {
        return name.equals("nobody") ? "nogroup" : name;
    }

    /** Makes the user the file's owner. */
    void own(Path file) throws IOException {
        if (name.isEmpty()) {
            return;
        }
        UserPrincipal owner = lookup().lookupPrincipalByName(name);
        GroupPrincipal group = lookup().lookupPrincipalByGroupName(group());
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        view.setOwner(owner);
        view.setGroup(group);
    }
}
