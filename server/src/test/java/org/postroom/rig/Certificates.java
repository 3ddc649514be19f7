package org.postroom.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A certificate authority of the rig's own and a server certificate for localhost and 127.0.0.1, made by openssl. */
record Certificates(Path authority, Path certificate, Path key) {

    static Certificates make(Path folder) throws IOException {
        String openssl = Command.find("openssl", "openssl").toString();
        key(openssl, folder, "ca.key");
        key(openssl, folder, "server.key");
        Command.run(
                folder,
                openssl,
                "req",
                "-x509",
                "-new",
                "-key",
                "ca.key",
                "-days",
                "30",
                "-subj",
                "/CN=Postroom rig authority",
                "-out",
                "ca.pem");
        Command.run(
                folder, openssl, "req", "-new", "-key", "server.key", "-subj", "/CN=localhost", "-out", "server.csr");
        Files.writeString(folder.resolve("server.ext"), """
                subjectAltName=DNS:localhost,IP:127.0.0.1
                basicConstraints=CA:FALSE
                extendedKeyUsage=serverAuth
                """);
        Command.run(
                folder,
                openssl,
                "x509",
                "-req",
                "-in",
                "server.csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-days",
                "30",
                "-extfile",
                "server.ext",
                "-out",
                "server.pem");
        return new Certificates(folder.resolve("ca.pem"), folder.resolve("server.pem"), folder.resolve("server.key"));
    }

    private static void key(String openssl, Path folder, String name) throws IOException {
        Command.run(folder, openssl, "ecparam", "-genkey", "-name", "prime256v1", "-noout", "-out", name);
    }

    /** A key and a certificate of its own for an application, as one PEM text. */
    static String ofApplication(Path folder) throws IOException {
        Command.run(
                folder,
                Command.find("openssl", "openssl").toString(),
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=Postroom",
                "-keyout",
                "application.key",
                "-out",
                "application.pem");
        return Files.readString(folder.resolve("application.key"))
                + Files.readString(folder.resolve("application.pem"));
    }
}
