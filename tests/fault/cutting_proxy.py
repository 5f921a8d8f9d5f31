"""A TCP proxy on this machine that can be cut: the network between phones and server. See also net_namespace.py.

Cut, it refuses new connections and breaks those that are open, in both directions and in the middle of whatever they carry. It can
also let a request through and lose its answer, which is what a phone at the edge of its network sees most.
"""
import socket
import threading


class CuttingProxy:
    def __init__(self, server_port, server_host='127.0.0.1'):
        self.server = (server_host, server_port)
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        self.is_cut = False
        self.answers_to_lose = 0
        self.lock = threading.Lock()
        self.open = set()
        self.stopping = False
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while not self.stopping:
            try:
                phone, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(phone,), daemon=True).start()

    def carry(self, phone):
        with self.lock:
            if self.is_cut:
                return self.shut(phone)
        try:
            server = socket.create_connection(self.server, timeout=5)
        except OSError:
            return self.shut(phone)
        with self.lock:
            self.open |= {phone, server}
        threading.Thread(target=self.pump, args=(phone, server, False), daemon=True).start()
        self.pump(server, phone, True)

    def pump(self, source, sink, is_answer):
        try:
            while chunk := source.recv(65536):
                if is_answer:
                    with self.lock:
                        lose = self.answers_to_lose > 0
                        self.answers_to_lose -= lose
                    if lose:
                        break
                sink.sendall(chunk)
        except OSError:
            pass
        for end in (source, sink):
            self.shut(end)
            with self.lock:
                self.open.discard(end)

    @staticmethod
    def shut(end):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        end.close()

    def cut(self):
        with self.lock:
            self.is_cut = True
            ends = list(self.open)
        for end in ends:
            self.shut(end)

    def mend(self):
        with self.lock:
            self.is_cut = False

    def lose_answers(self, count):
        with self.lock:
            self.answers_to_lose += count

    def stop(self):
        self.stopping = True
        self.cut()
        self.listener.close()
