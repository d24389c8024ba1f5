"""System calls a worker never needs -> refused by the kernel (a seccomp filter), for every thread of this process.

A list of what is refused, not of what is allowed: what an interpreter calls differs between C libraries, and the
filter stands behind Landlock and the limits, not alone. Refused calls answer EPERM, so a library can go on.
"""

import ctypes
import errno
import os
import platform
import struct
import sys

# name=number on x86_64/number on aarch64 (asm/unistd_64.h, asm-generic/unistd.h); some exist on the former only.
# Sockets, programs, processes, other processes' memory, changes to files, mounts, clocks, kernel objects, identity.
_REFUSED = """
    socket=41/198 socketpair=53/199 connect=42/203 bind=49/200 listen=50/201 accept=43/202 accept4=288/242
    execve=59/221 execveat=322/281 fork=57 vfork=58 clone=56/220 kill=62/129 tkill=200/130 ptrace=101/117
    process_vm_readv=310/270 process_vm_writev=311/271 process_madvise=440/440 pidfd_open=434/434
    pidfd_send_signal=424/424 pidfd_getfd=438/438 rt_sigqueueinfo=129/138 rt_tgsigqueueinfo=297/240 kcmp=312/272
    creat=85 mkdir=83 mkdirat=258/34 mknod=133 mknodat=259/33 rmdir=84 unlink=87 unlinkat=263/35 rename=82
    renameat=264/38 renameat2=316/276 link=86 linkat=265/37 symlink=88 symlinkat=266/36 truncate=76/45
    ftruncate=77/46 fallocate=285/47 chmod=90 fchmod=91/52 fchmodat=268/53 chown=92 fchown=93/55 lchown=94
    fchownat=260/54 utime=132 utimes=235 utimensat=280/88 futimesat=261 setxattr=188/5 lsetxattr=189/6
    fsetxattr=190/7 removexattr=197/14 lremovexattr=198/15 fremovexattr=199/16 mount=165/40 umount2=166/39
    pivot_root=155/41 chroot=161/51 swapon=167/224 swapoff=168/225 reboot=169/142 sethostname=170/161
    setdomainname=171/162 init_module=175/105 finit_module=313/273 delete_module=176/106 kexec_load=246/104
    kexec_file_load=320/294 acct=163/89 quotactl=179/60 settimeofday=164/170 clock_settime=227/112
    clock_adjtime=305/266 adjtimex=159/171 syslog=103/116 unshare=272/97 setns=308/268 open_tree=428/428
    move_mount=429/429 fsopen=430/430 fsconfig=431/431 fsmount=432/432 fspick=433/433 mount_setattr=442/442
    bpf=321/280 perf_event_open=298/241 userfaultfd=323/282 io_uring_setup=425/425 io_uring_enter=426/426
    io_uring_register=427/427 io_setup=206/0 fanotify_init=300/262 inotify_init=253 inotify_init1=294/26
    keyctl=250/219 add_key=248/217 request_key=249/218 open_by_handle_at=304/265 name_to_handle_at=303/264
    memfd_create=319/279 memfd_secret=447/447 shmget=29/194 shmat=30/196 shmctl=31/195 msgget=68/186 msgsnd=69/189
    msgrcv=70/188 msgctl=71/187 semget=64/190 semop=65/193 semctl=66/191 semtimedop=220/192 mq_open=240/180
    mq_unlink=241/181 setuid=105/146 setgid=106/144 setreuid=113/145 setregid=114/143 setresuid=117/147
    setresgid=119/149 setgroups=116/159 setfsuid=122/151 setfsgid=123/152 setpgid=109/154 setsid=112/157
    setpriority=141/140 ioprio_set=251/30 sched_setaffinity=203/122 sched_setscheduler=144/119
    sched_setparam=142/118 sched_setattr=314/274 migrate_pages=256/238 move_pages=279/239 personality=135/92
    modify_ldt=154 ioperm=173 iopl=172 vhangup=153/58 quotactl_fd=443/443
"""
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column of the table, AUDIT_ARCH
_OPENAT = (257, 56)
_OPEN = (2, None)
_UNKNOWN = (435, 437)  # clone3, openat2: what they ask for stands in memory; C libraries then take clone and openat
_PRLIMIT = (302, 261)
_TGKILL = (234, 131)
_SECCOMP = (317, 277)
_X32 = 0x40000000  # system calls of the x32 ABI, another way to each of them
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
_SET_MODE_FILTER, _ALL_THREADS = 1, 1


def refuse_system_calls() -> bool:
    """Load the filter; False where the kernel or the architecture has none. Needs no_new_privs, or to be root."""
    if sys.platform != "linux" or platform.machine() not in _ARCHITECTURES or sys.maxsize < 2**32:
        return False
    column, architecture = _ARCHITECTURES[platform.machine()]
    instructions = _program(column, architecture)
    code = ctypes.create_string_buffer(b"".join(instructions))
    filter_ = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(instructions), ctypes.addressof(code)))
    call = ctypes.CDLL(None, use_errno=True).syscall
    call.restype = ctypes.c_long
    number = ctypes.c_long(_SECCOMP[column])
    pointer = ctypes.c_void_p(ctypes.addressof(filter_))
    return bool(call(number, ctypes.c_ulong(_SET_MODE_FILTER), ctypes.c_ulong(_ALL_THREADS), pointer) == 0)


def _program(column: int, architecture: int) -> list[bytes]:
    lines = [_op(_LOAD, _ARCH), _op(_EQUAL, architecture, 1, 0), _refusal(), _op(_LOAD, _NUMBER)]
    lines += [_op(_AT_LEAST, _X32, 0, 1), _refusal()]
    for number in _numbers(column):
        lines += [_op(_EQUAL, number, 0, 1), _refusal()]
    for number in _UNKNOWN:
        lines += [_op(_EQUAL, number, 0, 1), _refusal(errno.ENOSYS)]
    for names, place in ((_OPENAT, 2), (_OPEN, 1)):
        flags = _ARGUMENTS + 8 * place
        if (opening := names[column]) is not None:
            lines += [
                _op(_EQUAL, opening, 0, 4),
                _op(_LOAD, flags),
                _op(_ANY_BIT, _WRITING, 0, 1),
                _refusal(),
                _allowed(),
            ]
    # Its own limits and its own end (abort) are a process's to set; others' are not.
    for names, own in ((_PRLIMIT, 0), (_TGKILL, os.getpid())):
        lines += [
            _op(_EQUAL, names[column], 0, 4),
            _op(_LOAD, _ARGUMENTS),
            _op(_EQUAL, own, 1, 0),
            _refusal(),
            _allowed(),
        ]
    return [*lines, _allowed()]


def _numbers(column: int) -> list[int]:
    pairs = (entry.partition("=")[2].split("/") for entry in _REFUSED.split())
    return [int(pair[column]) for pair in pairs if len(pair) > column]


def _op(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _refusal(number: int = errno.EPERM) -> bytes:
    return _op(_RETURN, _REFUSE | number)


def _allowed() -> bytes:
    return _op(_RETURN, _ALLOW)
