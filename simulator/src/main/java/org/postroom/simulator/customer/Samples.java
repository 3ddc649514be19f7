package org.postroom.simulator.customer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.postroom.simulator.mime.MailWriter;

/** Files customers attach, made when needed: a small picture, a one-page PDF, a text. */
final class Samples {
    private Samples() {}

    static MailWriter.Part attachment(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".pdf")) {
            return new MailWriter.Part(name, "application/pdf", pdf(name), null);
        }
        if (lower.endsWith(".png")) {
            return new MailWriter.Part(name, "image/png", picture(name), null);
        }
        return new MailWriter.Part(name, "text/plain", ("Sample " + name + "\r\n").getBytes(ISO_8859_1), null);
    }

    static MailWriter.Part inline(String contentId, String words) {
        return new MailWriter.Part("image001.png", "image/png", picture(words), contentId);
    }

    private static byte[] picture(String words) {
        System.setProperty("java.awt.headless", "true");
        BufferedImage image = new BufferedImage(320, 120, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(0xf4, 0xf1, 0xe8));
        graphics.fillRect(0, 0, 320, 120);
        graphics.setColor(new Color(0x1f, 0x4e, 0x79));
        graphics.drawRoundRect(6, 6, 307, 107, 16, 16);
        graphics.fillOval(22, 34, 52, 52);
        writeWords(graphics, words);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Without fonts on the machine the stamp stays without words. */
    private static void writeWords(Graphics2D graphics, String words) {
        try {
            graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
            graphics.drawString(words, 90, 66);
        } catch (RuntimeException | LinkageError e) {
            graphics.fillRect(90, 56, 190, 8);
        }
    }

    private static byte[] pdf(String title) {
        String text = "BT /F1 18 Tf 60 760 Td (" + title.replaceAll("[()\\\\]", " ") + ") Tj 0 -30 Td /F1 12 Tf"
                + " (Total 412.50 EUR, payable within 14 days) Tj ET";
        String[] objects = {
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                    + " /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length " + text.length() + " >>\nstream\n" + text + "\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
        };
        StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < objects.length; i++) {
            table.append(String.format(Locale.ROOT, "%010d 00000 n \n", pdf.length()));
            pdf.append(i + 1).append(" 0 obj\n").append(objects[i]).append("\nendobj\n");
        }
        int start = pdf.length();
        pdf.append("xref\n0 ")
                .append(objects.length + 1)
                .append("\n0000000000 65535 f \n")
                .append(table);
        pdf.append("trailer\n<< /Size ").append(objects.length + 1).append(" /Root 1 0 R >>\nstartxref\n");
        pdf.append(start).append("\n%%EOF\n");
        return pdf.toString().getBytes(ISO_8859_1);
    }
}
