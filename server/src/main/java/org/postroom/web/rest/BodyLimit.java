package org.postroom.web.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that are too large, whether they say so or just go on. */
final class BodyLimit extends OncePerRequestFilter {
    private final DataSize most;
    private final ProblemWriter problems;

    BodyLimit(DataSize most, ProblemWriter problems) {
        this.most = most;
        this.problems = problems;
    }

    /** More came than is taken. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(DataSize most) {
            super("The body is larger than " + most.toMegabytes() + " MB.");
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > most.toBytes()) {
            refuse(request, response, new TooLargeException(most));
            return;
        }
        try {
            chain.doFilter(new Limited(request, most), response);
        } catch (TooLargeException e) {
            refuse(request, response, e);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, TooLargeException e)
            throws IOException {
        // What is still on its way is not read: the connection ends with the answer.
        response.setHeader("Connection", "close");
        problems.write(request, response, Refusal.of(HttpStatus.CONTENT_TOO_LARGE, String.valueOf(e.getMessage())));
    }

    private static final class Limited extends HttpServletRequestWrapper {
        private final DataSize most;

        Limited(HttpServletRequest request, DataSize most) {
            super(request);
            this.most = most;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), most);
        }
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream in;
        private final DataSize most;
        private long read;

        Counted(ServletInputStream in, DataSize most) {
            this.in = in;
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int some = in.read(bytes, offset, length);
            count(Math.max(some, 0));
            return some;
        }

        private void count(int more) throws TooLargeException {
            read += more;
            if (read > most.toBytes()) {
                throw new TooLargeException(most);
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
