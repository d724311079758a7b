package dev.sluice.aws.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A TLS identity of this machine's own loopback address, made when it is needed and written nowhere: RFC 5280, with as
/// little in it as a client asks for. The JDK reads certificates but makes none.
final class SelfSigned {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_ID = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;
    private static final int IP_ADDRESS = 0x87;

    private static final byte[] ECDSA_WITH_SHA256 = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02};
    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};
    private static final byte[] ALTERNATIVE_NAME = {0x55, 0x1d, 0x11};
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final char[] NO_PASSWORD = {};

    private final PrivateKey key;
    private final Certificate certificate;

    private SelfSigned(PrivateKey key, Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    static SelfSigned make() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        byte[] facts = facts(pair.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(facts);
        byte[] whole = of(SEQUENCE, facts, algorithm(), of(BIT_STRING, new byte[1], signature.sign()));
        return new SelfSigned(
                pair.getPrivate(),
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole)));
    }

    /// What a server with this identity works with.
    SSLContext server() throws GeneralSecurityException {
        KeyStore store = empty();
        store.setKeyEntry("loopback", key, NO_PASSWORD, new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /// What a client that trusts this identity alone works with.
    SSLContext client() throws GeneralSecurityException {
        KeyStore store = empty();
        store.setCertificateEntry("loopback", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            return store;
        } catch (IOException impossible) {
            throw new GeneralSecurityException("an empty store cannot be made", impossible);
        }
    }

    /// @param publicKey as RFC 5280 has it
    private static byte[] facts(byte[] publicKey) {
        byte[] name =
                of(SEQUENCE, of(SET, of(SEQUENCE, of(OBJECT_ID, COMMON_NAME), of(UTF8_STRING, ascii("loopback")))));
        byte[] address = of(SEQUENCE, of(IP_ADDRESS, LOOPBACK));
        byte[] alternative = of(SEQUENCE, of(OBJECT_ID, ALTERNATIVE_NAME), of(OCTET_STRING, address));
        return of(
                SEQUENCE,
                of(VERSION, of(INTEGER, new byte[] {2})),
                of(INTEGER, new byte[] {1}),
                algorithm(),
                name,
                of(SEQUENCE, of(UTC_TIME, ascii("200101000000Z")), of(UTC_TIME, ascii("491231235959Z"))),
                name,
                publicKey,
                of(EXTENSIONS, of(SEQUENCE, alternative)));
    }

    private static byte[] algorithm() {
        return of(SEQUENCE, of(OBJECT_ID, ECDSA_WITH_SHA256));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// One value in DER.
    private static byte[] of(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        int length = content.size();
        if (length >= 0x100) {
            value.write(0x82);
            value.write(length >> 8);
        } else if (length >= 0x80) {
            value.write(0x81);
        }
        value.write(length);
        value.writeBytes(content.toByteArray());
        return value.toByteArray();
    }
}
