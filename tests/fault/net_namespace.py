"""A network of its own for the server, joined to ours by one cable that can be pulled: then nothing is refused, there is silence.

Needs the right to make network namespaces (root, or CAP_NET_ADMIN) and iproute2; elsewhere `make` answers None.
"""
import os
import shutil
import subprocess


class NetNamespace:
    def __init__(self):
        number = os.getpid()
        self.name, self.ours, self.theirs = f'fl-{number}', f'flo{number}', f'flt{number}'
        subnet = f'10.213.{number % 250}'
        self.host = f'{subnet}.2'
        self.ip('netns', 'add', self.name)
        try:
            self.ip('link', 'add', self.ours, 'type', 'veth', 'peer', 'name', self.theirs, 'netns', self.name)
            self.ip('address', 'add', f'{subnet}.1/24', 'dev', self.ours)
            self.ip('link', 'set', self.ours, 'up')
            self.ip('-n', self.name, 'address', 'add', f'{self.host}/24', 'dev', self.theirs)
            self.ip('-n', self.name, 'link', 'set', 'lo', 'up')
            self.plug()
        except BaseException:
            self.remove()
            raise

    @staticmethod
    def make():
        try:
            return NetNamespace() if shutil.which('ip') else None
        except (subprocess.CalledProcessError, OSError):
            return None

    @staticmethod
    def ip(*words):
        subprocess.run(['ip', *words], check=True, capture_output=True)

    def inside(self, command):
        return ['ip', 'netns', 'exec', self.name, *map(str, command)]

    def pull(self):
        self.ip('-n', self.name, 'link', 'set', self.theirs, 'down')

    def plug(self):
        self.ip('-n', self.name, 'link', 'set', self.theirs, 'up')

    def remove(self):
        subprocess.run(['ip', 'netns', 'delete', self.name], capture_output=True)  # Takes both ends of the cable with it.
