package dev.lifeboat.aws.pgbackrest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What pgBackRest encrypts with {@code repo-cipher-type=aes-256-cbc}: the format of {@code openssl enc}, with key and initialization vector
 * by OpenSSL's EVP_BytesToKey of SHA-1 and one round (cipherBlock.c). CBC with padding proves nothing about the content: its checksum does.
 */
final class Decryption {
    private static final byte[] MAGIC = "Salted__".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = 8;
    private static final int KEY_BYTES = 32;
    private static final int BLOCK_BYTES = 16;

    private final byte[] passphrase;

    /** @param passphrase null where nothing is encrypted */
    Decryption(String passphrase) {
        this.passphrase = passphrase == null ? null : passphrase.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param raw whether the magic before the salt is left out, as within bundles
     * @return the content; reading it throws {@link IOException} where it is not what the passphrase has encrypted
     * @throws IOException when the stream does not begin as an encrypted one does
     */
    InputStream open(InputStream stored, boolean raw) throws IOException {
        if (passphrase == null) {
            return stored;
        }
        if (!raw && !Arrays.equals(stored.readNBytes(MAGIC.length), MAGIC)) {
            throw new IOException("it does not begin as an encrypted file does");
        }
        byte[] salt = stored.readNBytes(SALT_BYTES);
        if (salt.length < SALT_BYTES) {
            throw new IOException("it ends within its salt");
        }
        try {
            return new CipherInputStream(stored, cipher(salt));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES", e);
        }
    }

    private Cipher cipher(byte[] salt) throws GeneralSecurityException {
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        byte[] material = new byte[0];
        byte[] last = new byte[0];
        while (material.length < KEY_BYTES + BLOCK_BYTES) {
            sha1.update(last);
            sha1.update(passphrase);
            last = sha1.digest(salt);
            int at = material.length;
            material = Arrays.copyOf(material, at + last.length);
            System.arraycopy(last, 0, material, at, last.length);
        }
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(material, 0, KEY_BYTES, "AES"),
                new IvParameterSpec(material, KEY_BYTES, BLOCK_BYTES));
        return cipher;
    }
}
